package dev.fairlead.dialect;

import java.util.Set;

/// A row of a dialect's table: the syntax check, the help text and the line in the documentation at once.
///
/// @param <C> the dialect's contexts
/// @param <S> what puts the directive into effect
/// @param contexts where it may stand
/// @param block whether it opens a block
/// @param doc one sentence
/// @param freeWords whether its arguments may be any words, so that the name of a directive among them is no
///     mistake
public record Directive<C extends Enum<C>, S>(
        String name,
        Set<C> contexts,
        Arity arity,
        boolean block,
        boolean freeWords,
        String doc,
        Support support,
        S setter) {
    public Directive {
        contexts = Set.copyOf(contexts);
    }
}
