package dev.fairlead.dialect.pound;

import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// `SetQueryParam`: a parameter of the query gets another value where it stands, or is put at the end.
final class QueryEdit {
    private static final Variable QUERY = new Variable.Builtin(Attribute.QUERY);

    private QueryEdit() {}

    static List<Rule> parameter(Statement statement, Template value, Reading reading) {
        Span at = statement.origin();
        String name = statement.text(0);
        String there = Pattern.quote(name) + "(?:=[^&]*)?(?=&|$)";
        Condition isThere = new Condition.FindsAny(
                Template.of(QUERY, at), List.of(reading.regex("(?:^|&)" + there, false, at)), false);
        List<Template.Part> assigned = new ArrayList<>(List.of(new Template.Part.Literal(name + "=")));
        assigned.addAll(value.parts());
        List<Template.Part> replaced = new ArrayList<>(assigned);
        replaced.addFirst(part("^((?:.*?&)??)" + there + ".*$", "", reading, at));
        replaced.addLast(part("^(?:.*?&)??" + there + "(.*)$", "", reading, at));
        List<Template.Part> appended = new ArrayList<>(assigned);
        appended.addFirst(part("^(.+)$", "&", reading, at));
        return List.of(
                rule(isThere, replaced, at),
                // What was replaced is there now, so that only one of both happens.
                rule(new Condition.Not(isThere), appended, at));
    }

    private static Rule rule(Condition when, List<Template.Part> query, Span at) {
        Rule set = new Rule.EditTarget(Rule.EditTarget.Part.QUERY, new Template(query, at), at);
        return new Rule.When(when, List.of(set), Optional.empty(), at);
    }

    /// The first group of an expression that is found in the query, with something behind it.
    private static Template.Part part(String expression, String behind, Reading reading, Span at) {
        List<Template.Part> replacement =
                new ArrayList<>(List.of(new Template.Part.Reference(new Variable.Capture(1))));
        if (!behind.isEmpty()) {
            replacement.add(new Template.Part.Literal(behind));
        }
        return new Template.Part.Reference(new Variable.Converted(
                QUERY,
                new Conversion.Replaced(reading.regex(expression, false, at), new Template(replacement, at), false)));
    }
}
