package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Numbers;
import dev.fairlead.model.http.FieldEdit;
import dev.fairlead.model.http.ResponseRule;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.NumberRange;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.TextSet;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Fields of responses set and cleared as the module headers-more does it: for every status, before `add_header`
/// adds its own, and what outer levels ask for in front of what inner ones do.
final class HeadersMoreDirectives {
    private static final Setting<List<Command>> COMMANDS = Setting.of(Group.RESPONSE, List.of());

    /// Fields that stay, whatever is asked: they are made when an answer is sent.
    private static final Set<String> FIXED =
            Set.of("accept-ranges", "connection", "content-length", "date", "keep-alive", "transfer-encoding");

    private HeadersMoreDirectives() {}

    /// @param value empty where the field is cleared
    private record Change(String name, Optional<Word> value) {}

    /// @param statuses for which it holds; empty for all
    /// @param types content types for which it holds; empty for all
    private record Command(List<NumberRange> statuses, List<String> types, List<Change> changes, Span origin) {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.words(
                        "more_set_headers",
                        Rows.WITH_IF,
                        Arity.atLeast(1),
                        "Sets header fields of responses, of any status; goes on with those of outer levels.",
                        (statement, level, c) -> read(statement, level, c, false)),
                Rows.words(
                        "more_clear_headers",
                        Rows.WITH_IF,
                        Arity.atLeast(1),
                        "Takes header fields out of responses; goes on with those of outer levels.",
                        (statement, level, c) -> read(statement, level, c, true)));
    }

    private static void read(Statement statement, Level level, Compilation c, boolean clears) {
        List<NumberRange> statuses = new ArrayList<>();
        List<String> types = new ArrayList<>();
        List<Word> fields = new ArrayList<>();
        for (int i = 0; i < statement.count(); i++) {
            Word word = statement.arg(i);
            boolean isOption = word.is("-s") || word.is("-t");
            if (isOption && i + 1 == statement.count()) {
                c.value(word, statement.name() + ": option " + word + " takes an argument.");
                return;
            } else if (word.is("-s")) {
                i++;
                if (!readStatuses(statement.arg(i), statuses, statement, c)) {
                    return;
                }
            } else if (word.is("-t")) {
                i++;
                types.addAll(words(statement.arg(i).text()));
            } else if (word.text().startsWith("-")) {
                c.value(word, statement.name() + ": invalid option name: \"" + word + "\"", "one of: -s, -t");
                return;
            } else {
                fields.add(word);
            }
        }
        List<Change> changes = new ArrayList<>();
        for (Word field : fields) {
            change(field, clears, c).ifPresent(changes::add);
        }
        level.append(COMMANDS, new Command(statuses, types, changes, statement.span()), statement.span());
    }

    private static boolean readStatuses(Word word, List<NumberRange> into, Statement statement, Compilation c) {
        for (String status : words(word.text())) {
            Optional<Integer> number = Numbers.parseInt(status).filter(known -> known < 1000);
            if (number.isEmpty()) {
                c.value(word, statement.name() + ": invalid status code \"" + status + "\"", "such as 404");
                return false;
            }
            into.add(NumberRange.of(number.get()));
        }
        return true;
    }

    private static List<String> words(String text) {
        return Pattern.compile("[ \t]+")
                .splitAsStream(text)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /// `Name: value`, `Name:` or `Name`.
    private static Optional<Change> change(Word field, boolean clears, Compilation c) {
        String text = field.text();
        int colon = text.indexOf(':');
        String name = (colon < 0 ? text : text.substring(0, colon)).strip();
        if (name.isEmpty()) {
            c.value(field, "invalid header field \"" + field + "\"", "expected \"Name: value\"");
            return Optional.empty();
        }
        if (FIXED.contains(name.toLowerCase(Locale.ROOT))) {
            c.problems()
                    .warning(
                            "nginx.fixed-field",
                            field.span(),
                            "the field " + name + " is left as it is: it is made when an answer is sent");
            return Optional.empty();
        }
        int start = colon + 1;
        while (start < text.length() && text.charAt(start) == ' ') {
            start++;
        }
        boolean hasValue = !clears && colon >= 0 && start < text.length();
        Optional<Word> value = hasValue ? Optional.of(c.text(field.after(text.substring(0, start)))) : Optional.empty();
        return Optional.of(new Change(name, value));
    }

    /// What happens to the heads of a level's responses.
    static List<ResponseRule> rules(Level level, Assembly assembly) {
        List<ResponseRule> rules = new ArrayList<>();
        level.parent().ifPresent(outer -> rules.addAll(rules(outer, assembly)));
        level.own(COMMANDS)
                .map(Level.Assigned::value)
                .orElse(List.of())
                .forEach(command -> rules.addAll(rules(command, assembly)));
        return rules;
    }

    private static List<ResponseRule> rules(Command command, Assembly assembly) {
        List<ResponseRule> edits = command.changes().stream()
                .flatMap(change -> edits(change, command.origin(), assembly).stream())
                .toList();
        List<Condition> conditions = new ArrayList<>();
        Span origin = command.origin();
        if (!command.statuses().isEmpty()) {
            Template status = Template.of(new Variable.Builtin(Attribute.STATUS), origin);
            conditions.add(new Condition.InNumbers(status, command.statuses(), false));
        }
        if (!command.types().isEmpty()) {
            Template type = Template.of(new Variable.ResponseHeader("content-type"), origin);
            conditions.add(new Condition.FindsAny(type, List.of(ofTypes(command.types(), origin)), false));
        }
        return conditions.isEmpty() || edits.isEmpty()
                ? edits
                : List.of(new ResponseRule.When(new Condition.AllOf(conditions), edits, origin));
    }

    /// One of the types, whatever parameters stand behind it.
    private static Regex ofTypes(List<String> types, Span origin) {
        String pattern = types.stream().map(Pattern::quote).collect(Collectors.joining("|", "^(?:", ")(?: *;.*)?$"));
        return new Regex(pattern, String.join(" ", types), false, List.of(), 0, origin);
    }

    private static List<ResponseRule> edits(Change change, Span origin, Assembly assembly) {
        String name = change.name();
        FieldEdit.Names names = name.endsWith("*")
                ? new FieldEdit.Names.Like(
                        new TextSet(TextSet.How.PREFIX, true, List.of(name.substring(0, name.length() - 1))))
                : new FieldEdit.Names.Named(name);
        ResponseRule cleared = new ResponseRule.EditField(new FieldEdit.Remove(names), origin);
        if (change.value().isEmpty()) {
            return List.of(cleared);
        }
        Template value = assembly.templates().template(change.value().get());
        ResponseRule set = new ResponseRule.EditField(new FieldEdit.Set(name, value), origin);
        if (value.isConstant()) {
            return List.of(set);
        }
        // A value that comes out empty clears the field.
        Condition isEmpty = new Condition.Same(value, Template.constant("", origin));
        return List.of(
                new ResponseRule.When(isEmpty, List.of(cleared), origin),
                new ResponseRule.When(new Condition.Not(isEmpty), List.of(set), origin));
    }
}
