package dev.fairlead.dialect.pound;

import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The expressions that conditions have asked for so far; texts refer to their groups, counted from the last.
final class Matches {
    private record Asked(Variable subject, Regex regex) {}

    private final List<Asked> asked = new ArrayList<>();

    /// The same so far; what is asked from now on is its own.
    Matches copy() {
        Matches copy = new Matches();
        copy.asked.addAll(asked);
        return copy;
    }

    void add(Variable subject, Regex regex) {
        asked.add(new Asked(subject, regex));
    }

    /// A group of an expression: cut out of what it was asked of.
    ///
    /// @param back 0 for the expression asked last
    Optional<Variable> group(int number, int back, Span at) {
        if (back >= asked.size()) {
            return Optional.empty();
        }
        Asked one = asked.get(asked.size() - 1 - back);
        if (number > one.regex().groups()) {
            return Optional.empty();
        }
        String whole = "(?s)^.*?(" + one.regex().pattern() + ").*$";
        Regex around = new Regex(
                whole,
                one.regex().written(),
                one.regex().ignoreCase(),
                List.of(),
                one.regex().groups() + 1,
                at);
        Template group = Template.of(new Variable.Capture(number + 1), at);
        return Optional.of(new Variable.Converted(one.subject(), new Conversion.Replaced(around, group, false)));
    }
}
