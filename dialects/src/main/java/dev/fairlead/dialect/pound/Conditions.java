package dev.fairlead.dialect.pound;

import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.UserList;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes conditions of directives.
///
/// @param isResponse whether they are asked of a response
/// @param ignoresCase what `IgnoreCase` says
record Conditions(
        Reading reading,
        Map<String, List<AddressRange>> networks,
        Matches matches,
        boolean isResponse,
        boolean ignoresCase) {
    private static final Set<String> NAMES = Set.of(
            "URL",
            "Path",
            "Query",
            "QueryParam",
            "Host",
            "Header",
            "HeadRequire",
            "HeadDeny",
            "StringMatch",
            "BasicAuth",
            "ACL",
            "Match");

    /// All conditions among these directives; empty if there are none.
    Optional<Condition> all(List<Statement> statements) {
        List<Condition> found = each(statements);
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(found.size() == 1 ? found.getFirst() : new Condition.AllOf(found));
    }

    private List<Condition> each(List<Statement> statements) {
        List<Condition> found = new ArrayList<>();
        for (Statement statement : statements) {
            if (NAMES.contains(statement.name())) {
                Condition condition = new Condition.Stated(one(statement), whole(statement));
                found.add(statement.negated() ? new Condition.Not(condition) : condition);
            } else if (statement.negated()) {
                reading.problems()
                        .error(
                                "pound.not",
                                statement.origin(),
                                "\"Not\" stands in front of conditions only",
                                "\"" + statement.name() + "\" is none");
            }
        }
        return found;
    }

    private static Span whole(Statement statement) {
        return statement.args().isEmpty()
                ? statement.origin()
                : statement.origin().to(statement.args().getLast().span());
    }

    private Condition one(Statement statement) {
        Comparison.How expression = Comparison.How.EXPRESSION;
        return switch (statement.name()) {
            case "URL" -> compared(statement, 0, new Variable.Builtin(Attribute.RAW_TARGET));
            case "Path" -> compared(statement, 0, new Variable.Builtin(Attribute.RAW_PATH));
            case "Query" -> compared(statement, 0, new Variable.Builtin(Attribute.QUERY));
            case "QueryParam" ->
                compared(
                        statement,
                        1,
                        new Variable.Converted(
                                new Variable.Builtin(Attribute.QUERY),
                                new Conversion.Parameter(statement.text(0), '&', false)));
            case "StringMatch" ->
                compared(
                        statement,
                        1,
                        new Variable.Composed(new Expansion(reading.problems(), matches).template(statement.arg(0))));
            case "Host" -> host(Comparison.read(statement, 0, Comparison.How.EXACT, true, reading));
            case "HeadDeny" ->
                new Condition.Not(header(statement, Comparison.read(statement, 0, expression, true, reading)));
            case "Match" -> match(statement);
            case "ACL" -> acl(statement);
            case "BasicAuth" -> new Condition.Authenticated(users(statement), List.of());
            default -> header(statement, Comparison.read(statement, 0, expression, true, reading));
        };
    }

    private Condition compared(Statement statement, int from, Variable value) {
        return Comparison.read(statement, from, Comparison.How.EXPRESSION, ignoresCase, reading)
                .of(value, matches, reading);
    }

    /// The field with its port, or without.
    private Condition host(Comparison comparison) {
        Variable field = new Variable.RequestHeader("host");
        if (comparison.how() != Comparison.How.EXACT) {
            return comparison.of(field, matches, reading);
        }
        return new Condition.AnyOf(List.of(
                comparison.of(field, matches, reading),
                comparison.of(new Variable.Converted(field, Conversion.Plain.HOST_ONLY), matches, reading)));
    }

    private Condition header(Statement statement, Comparison comparison) {
        List<Condition> found = new ArrayList<>();
        for (String text : comparison.texts()) {
            Optional<FieldPattern> pattern = FieldPattern.of(text);
            if (pattern.isEmpty()) {
                reading.problems()
                        .error(
                                "pound.header",
                                comparison.span(),
                                "\"" + statement.name() + "\": the pattern has to say a field's name",
                                "such as \"Content-Type: *text/.*\" or \"(Host|X-Host): *example\"");
                continue;
            }
            if (comparison.isExpression() && text.indexOf(':') < 0) {
                found.add(anyNamed(text, comparison));
                continue;
            }
            for (String name : pattern.get().names()) {
                found.add(field(name.toLowerCase(Locale.ROOT), pattern.get().value(), comparison));
            }
        }
        return found.size() == 1 ? found.getFirst() : new Condition.AnyOf(found);
    }

    /// An expression without a colon is looked for in all names: `^X-SSL` stands for X-SSL-Subject, too.
    private Condition anyNamed(String text, Comparison comparison) {
        Variable names = new Variable.FieldNames(isResponse ? Variable.Side.RESPONSE : Variable.Side.REQUEST, ",");
        String expression = text.startsWith("^") ? "(?:^|,)(?:" + text.substring(1) + ")" : text;
        return new Condition.FindsAny(
                Template.of(names, comparison.span()),
                List.of(reading.regex(expression, true, comparison.span())),
                false);
    }

    private Condition field(String name, String value, Comparison comparison) {
        Variable field = isResponse ? new Variable.ResponseHeader(name) : new Variable.RequestHeader(name);
        if (value.isEmpty()) {
            return new Condition.Present(field);
        }
        return comparison
                .withTexts(List.of(comparison.isExpression() ? "^(?:" + value + ")" : value))
                .of(field, matches, reading);
    }

    private Condition match(Statement statement) {
        String word = statement.text(0).toUpperCase(Locale.ROOT);
        if (!List.of("", "AND", "OR").contains(word)) {
            reading.problems()
                    .error(
                            "pound.match",
                            statement.arg(0).span(),
                            "\"Match " + statement.text(0) + "\": AND or OR is expected");
        }
        List<Condition> inside = each(statement.children());
        return word.equals("OR") ? new Condition.AnyOf(inside) : new Condition.AllOf(inside);
    }

    private Condition acl(Statement statement) {
        Template client = Template.of(new Variable.Builtin(Attribute.CLIENT_ADDRESS), statement.origin());
        return new Condition.InNetworks(client, Networks.of(statement, networks, reading), false);
    }

    /// The users of a file as htpasswd(1) writes it.
    private UserList users(Statement statement) {
        String path = reading.path(statement.text(0));
        List<UserList.User> users = new ArrayList<>();
        for (String line :
                reading.text(path, statement.origin()).orElse("").lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.startsWith("#")) {
                String secret = line.substring(colon + 1).strip();
                users.add(new UserList.User(
                        line.substring(0, colon).strip(),
                        secret.startsWith("$") || secret.startsWith("{SHA}")
                                ? new UserList.Secret.Hashed(secret)
                                : new UserList.Secret.Plain(secret),
                        Set.of(),
                        statement.origin()));
            }
        }
        return new UserList(path, users, statement.origin());
    }
}
