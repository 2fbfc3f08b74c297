package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.REWRITING;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Deferred;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Place;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Numbers;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Rule.Rewrite.Flow;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.Variable;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rewrite phase: `set`, `rewrite`, `return`, `break`, `if`.
final class RewriteDirectives {
    private static final Set<Context> LOG_CONTEXTS =
            EnumSet.of(Context.HTTP, Context.SERVER, Context.SERVER_IF, Context.LOCATION, Context.LOCATION_IF);
    private static final Setting<Boolean> LOG = Setting.of(Group.REWRITING, false);
    private static final Map<String, Flow> FLAGS =
            Map.of("last", Flow.LAST, "break", Flow.BREAK, "redirect", Flow.REDIRECT, "permanent", Flow.PERMANENT);

    private RewriteDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.row("set", REWRITING, Arity.exactly(2), "Gives a variable a value.", RewriteDirectives::set),
                Rows.row(
                        "rewrite",
                        REWRITING,
                        Arity.between(2, 3),
                        "Changes the path where an expression matches.",
                        RewriteDirectives::rewrite),
                Rows.row(
                        "return",
                        REWRITING,
                        Arity.between(1, 2),
                        "Answers at once with a status, text or redirect.",
                        RewriteDirectives::answer),
                Rows.row(
                        "break",
                        REWRITING,
                        Arity.NONE,
                        "Ends the rewrite phase.",
                        (statement, level, c) ->
                                level.place().rules().add(assembly -> new Rule.Stop(statement.span()))),
                Rows.block(
                        "if",
                        EnumSet.of(Context.SERVER, Context.LOCATION),
                        Arity.atLeast(1),
                        "Does more where a condition holds.",
                        RewriteDirectives::when),
                Rows.flag("rewrite_log", LOG_CONTEXTS, LOG, "Logs rewrites as notices."));
    }

    private static void set(Statement statement, Level level, Compilation c) {
        target(statement.arg(0), c).ifPresent(target -> {
            Word value = c.text(statement.arg(1));
            level.place()
                    .rules()
                    .add(assembly ->
                            new Rule.Assign(target, assembly.templates().template(value), statement.span()));
        });
    }

    /// The variable of that name, to be set; empty if that has been refused.
    static Optional<Variable> target(Word name, Compilation c) {
        if (!name.text().startsWith("$") || name.text().length() < 2) {
            c.value(name, "invalid variable name \"" + name + "\"", "variables start with \"$\"");
            return Optional.empty();
        }
        Optional<Variable> target = c.http().variables().settable(name.text().substring(1));
        if (target.isEmpty()) {
            c.value(
                    name,
                    "the duplicate \"" + name.text().substring(1) + "\" variable",
                    "it is built in; take another name");
        }
        return target;
    }

    private static void rewrite(Statement statement, Level level, Compilation c) {
        Optional<Regex> regex = Expressions.regex(statement.arg(0), false, c);
        Word replacement = c.text(statement.arg(1));
        String text = replacement.text();
        boolean away = text.startsWith("http://") || text.startsWith("https://") || text.startsWith("$scheme");
        Flow flow = away ? Flow.REDIRECT : Flow.CONTINUE;
        if (statement.count() == 3) {
            Flow flag = FLAGS.get(statement.arg(2).text());
            if (flag == null) {
                c.problems()
                        .error(
                                "nginx.parameter",
                                statement.arg(2).span(),
                                "invalid parameter \"" + statement.arg(2) + "\"",
                                "one of: last, break, redirect, permanent");
                return;
            }
            flow = away && flag != Flow.PERMANENT ? Flow.REDIRECT : flag;
        }
        boolean keepQuery = !text.endsWith("?");
        Word path = keepQuery ? replacement : new Word(text.substring(0, text.length() - 1), replacement.span());
        Flow chosen = flow;
        regex.ifPresent(found -> level.place()
                .rules()
                .add(assembly -> new Rule.Rewrite(
                        found,
                        assembly.templates().template(path),
                        keepQuery,
                        chosen,
                        level.value(LOG),
                        statement.span())));
    }

    private static void answer(Statement statement, Level level, Compilation c) {
        Word first = statement.arg(0);
        Optional<Integer> code = Numbers.parseInt(first.text());
        if (code.isPresent()) {
            if (code.get() > 999) {
                c.value(first, "invalid return code \"" + first + "\"");
                return;
            }
            add(
                    statement,
                    level,
                    code.get(),
                    statement.count() == 2 ? Optional.of(c.text(statement.arg(1))) : Optional.empty());
            return;
        }
        String text = first.text();
        boolean address = text.startsWith("http://") || text.startsWith("https://") || text.startsWith("$scheme");
        if (statement.count() == 2 || !address) {
            c.value(first, "invalid return code \"" + first + "\"", "a status such as 404, or one URL");
            return;
        }
        add(statement, level, 302, Optional.of(c.text(first)));
    }

    private static void add(Statement statement, Level level, int status, Optional<Word> content) {
        level.place()
                .rules()
                .add(assembly ->
                        new Rule.Answer(status, content.map(assembly.templates()::template), statement.span()));
    }

    private static void when(Statement statement, Level level, Compilation c) {
        Optional<Deferred<Condition>> condition = Conditions.parse(statement, c);
        boolean inLocation = level.context() == Context.LOCATION;
        Place inside = level.place()
                .inside(
                        new Location.Match.Anywhere(),
                        inLocation ? Context.LOCATION_IF : Context.SERVER_IF,
                        statement.span());
        c.read(statement, inside.level());
        condition.ifPresent(found -> level.place().rules().add(assembly -> {
            Condition asked = found.resolve(assembly);
            List<Rule> then =
                    inside.rules().stream().map(rule -> rule.resolve(assembly)).toList();
            Optional<Location> enter = inLocation ? Optional.of(assembly.location(inside)) : Optional.empty();
            return new Rule.When(asked, then, enter, statement.span());
        }));
    }
}
