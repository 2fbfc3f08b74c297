package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.Optional;

/// A fetch with its converters as a variable of the model.
///
/// @param variable its value; where the fetch stands for several values, the last of them
/// @param list all of the values with commas between them, where there are several and any may match
/// @param condition the same as a question, for what is a question by itself
public record Sample(Variable variable, Kind kind, Optional<Variable> list, Optional<Condition> condition) {
    static Sample of(Variable variable, Kind kind) {
        return new Sample(variable, kind, Optional.empty(), Optional.empty());
    }

    static Sample ofList(Variable last, Variable list, Kind kind) {
        return new Sample(last, kind, Optional.of(list), Optional.empty());
    }

    static Sample of(Condition condition) {
        return new Sample(new Variable.Answer(condition), Kind.BOOLEAN, Optional.empty(), Optional.of(condition));
    }

    public Template template(Span origin) {
        return Template.of(variable, origin);
    }

    /// What conditions look at.
    public Template compared(Span origin) {
        return Template.of(list.orElse(variable), origin);
    }

    public boolean isList() {
        return list.isPresent();
    }
}
