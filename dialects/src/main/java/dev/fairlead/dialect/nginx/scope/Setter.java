package dev.fairlead.dialect.nginx.scope;

import dev.fairlead.dialect.nginx.syntax.Statement;

/// Puts a directive into effect at a level. Name, context, ending and arity have been checked.
@FunctionalInterface
public interface Setter {
    void apply(Statement statement, Level level, Compilation compilation);
}
