package dev.fairlead.dialect.pound;

import dev.fairlead.model.http.FieldEdit;
import dev.fairlead.model.http.ResponseRule;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.TextSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is changed in requests and responses, in the order of the configuration.
final class Edits {
    private final Conditions conditions;
    private final Reading reading;

    Edits(Conditions conditions) {
        this.conditions = conditions;
        this.reading = conditions.reading();
    }

    /// A change of a field, and when it is made.
    private record Change(FieldEdit edit, Optional<Condition> when) {}

    /// Fields that Pound 2 removed before it added its own.
    List<Rule> removals(List<Statement> statements) {
        List<Rule> rules = new ArrayList<>();
        for (Statement statement : statements) {
            if (statement.is("HeadRemove") || statement.is("HeaderRemove")) {
                removal(statement).forEach(change -> rules.add(rule(change, statement)));
            }
        }
        return rules;
    }

    /// All other changes of requests.
    List<Rule> requests(List<Statement> statements) {
        List<Rule> rules = new ArrayList<>();
        for (Statement statement : statements) {
            switch (statement.name()) {
                case "DeleteHeader" -> removal(statement).forEach(change -> rules.add(rule(change, statement)));
                case "SetHeader", "AddHeader", "HeaderAdd" ->
                    setting(statement).ifPresent(edit -> rules.add(new Rule.EditField(edit, statement.origin())));
                case "SetURL" -> rules.add(target(Rule.EditTarget.Part.PATH_AND_QUERY, statement));
                case "SetPath" -> rules.add(target(Rule.EditTarget.Part.PATH, statement));
                case "SetQueryParam" -> rules.addAll(QueryEdit.parameter(statement, text(statement.arg(1)), reading));
                case "SetQuery" -> rules.add(target(Rule.EditTarget.Part.QUERY, statement));
                case "Rewrite" -> {
                    if (!statement.text(0).equalsIgnoreCase("response")) {
                        rules.addAll(branches(statement));
                    }
                }
                default -> {
                    // Conditions and servers are read elsewhere.
                }
            }
        }
        return rules;
    }

    private Rule target(Rule.EditTarget.Part part, Statement statement) {
        return new Rule.EditTarget(part, text(statement.arg(0)), statement.origin());
    }

    private Template text(Word word) {
        return new Expansion(reading.problems(), conditions.matches()).template(word);
    }

    private Rule rule(Change change, Statement statement) {
        Rule edit = new Rule.EditField(change.edit(), statement.origin());
        return change.when()
                .<Rule>map(when -> new Rule.When(when, List.of(edit), Optional.empty(), statement.origin()))
                .orElse(edit);
    }

    private Edits branch() {
        return new Edits(new Conditions(
                reading,
                conditions.networks(),
                conditions.matches().copy(),
                conditions.isResponse(),
                conditions.ignoresCase()));
    }

    /// Branches are asked before any of them changes something the others ask for: each says that those before it
    /// do not hold.
    private List<Rule> branches(Statement rewrite) {
        List<Rule> rules = new ArrayList<>();
        List<Condition> before = new ArrayList<>();
        for (List<Statement> branch : split(rewrite)) {
            Edits edits = branch();
            Condition own = edits.conditions.all(branch).orElse(new Condition.Always(true));
            List<Condition> all = new ArrayList<>(before);
            all.add(own);
            rules.addFirst(new Rule.When(
                    new Condition.AllOf(all), edits.requests(branch), Optional.empty(), rewrite.origin()));
            before.add(new Condition.Not(own));
        }
        return rules.reversed();
    }

    private static List<List<Statement>> split(Statement rewrite) {
        List<List<Statement>> branches = new ArrayList<>();
        branches.add(new ArrayList<>());
        for (Statement child : rewrite.children()) {
            if (child.is("Else")) {
                branches.add(new ArrayList<>());
            } else {
                branches.getLast().add(child);
            }
        }
        return branches;
    }

    /// What `Rewrite response` says.
    List<ResponseRule> responses(List<Statement> statements) {
        List<ResponseRule> rules = new ArrayList<>();
        for (Statement statement : statements) {
            if (statement.is("Rewrite") && statement.text(0).equalsIgnoreCase("response")) {
                List<Condition> before = new ArrayList<>();
                for (List<Statement> branch : split(statement)) {
                    Edits edits = branch();
                    Condition own = edits.conditions.all(branch).orElse(new Condition.Always(true));
                    List<Condition> all = new ArrayList<>(before);
                    all.add(own);
                    rules.add(new ResponseRule.When(
                            new Condition.AllOf(all), edits.ofResponse(branch), statement.origin()));
                    before.add(new Condition.Not(own));
                }
            }
        }
        return rules;
    }

    private List<ResponseRule> ofResponse(List<Statement> statements) {
        List<ResponseRule> rules = new ArrayList<>();
        for (Statement statement : statements) {
            if (statement.is("SetHeader")) {
                setting(statement).ifPresent(edit -> rules.add(new ResponseRule.EditField(edit, statement.origin())));
            } else if (statement.is("DeleteHeader")) {
                for (Change change : removal(statement)) {
                    ResponseRule edit = new ResponseRule.EditField(change.edit(), statement.origin());
                    rules.add(change.when()
                            .<ResponseRule>map(when -> new ResponseRule.When(when, List.of(edit), statement.origin()))
                            .orElse(edit));
                }
            }
        }
        return rules;
    }

    /// `Name: value`.
    private Optional<FieldEdit> setting(Statement statement) {
        Word line = statement.arg(0);
        int colon = line.text().indexOf(':');
        String name = colon < 0 ? "" : line.text().substring(0, colon).strip();
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            reading.problems()
                    .error(
                            "pound.header",
                            line.span(),
                            "\"" + statement.name() + "\": bad header \"" + line.text() + "\"",
                            "a field is written \"Name: value\"");
            return Optional.empty();
        }
        Word value = new Word(line.text().substring(colon + 1).strip(), true, line.span());
        return Optional.of(new FieldEdit.Set(name, text(value)));
    }

    private List<Change> removal(Statement statement) {
        Comparison comparison = Comparison.read(statement, 0, Comparison.How.EXPRESSION, true, reading);
        List<Change> changes = new ArrayList<>();
        for (String text : comparison.texts()) {
            Optional<FieldPattern> pattern = FieldPattern.of(text);
            boolean isOfNames = comparison.isExpression() && text.indexOf(':') < 0;
            if (isOfNames && text.matches("\\^?[A-Za-z0-9_-]+")) {
                // Found in a name it is enough: X-SSL takes X-SSL-Subject away, too.
                TextSet.How where = text.startsWith("^") ? TextSet.How.PREFIX : TextSet.How.SUBSTRING;
                TextSet found = new TextSet(where, true, List.of(text.replace("^", "")));
                changes.add(new Change(new FieldEdit.Remove(new FieldEdit.Names.Like(found)), Optional.empty()));
            } else if (pattern.isPresent() && !isOfNames) {
                for (String name : pattern.get().names()) {
                    changes.add(removal(name, pattern.get().value(), comparison));
                }
            } else {
                int colon = text.indexOf(':');
                String names = colon < 0 ? text : text.substring(0, colon);
                changes.add(new Change(
                        new FieldEdit.Remove(new FieldEdit.Names.Matching(
                                reading.regex("^(?:" + names + ")", true, comparison.span()))),
                        Optional.empty()));
            }
        }
        return changes;
    }

    private Change removal(String name, String value, Comparison comparison) {
        FieldEdit remove = new FieldEdit.Remove(new FieldEdit.Names.Named(name));
        if (value.isEmpty()) {
            return new Change(remove, Optional.empty());
        }
        Matches own = new Matches();
        var field = conditions.isResponse()
                ? new dev.fairlead.model.text.Variable.ResponseHeader(name.toLowerCase(Locale.ROOT))
                : new dev.fairlead.model.text.Variable.RequestHeader(name.toLowerCase(Locale.ROOT));
        return new Change(
                remove,
                Optional.of(comparison
                        .withTexts(List.of(comparison.isExpression() ? "^(?:" + value + ")" : value))
                        .of(field, own, reading)));
    }
}
