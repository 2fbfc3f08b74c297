package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.SERVER_LOCATION;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Place;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Location.Match;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Locations, and what may stand only in them.
final class LocationDirectives {
    private static final Set<String> METHODS = Set.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "MKCOL",
            "COPY",
            "MOVE",
            "OPTIONS",
            "PROPFIND",
            "PROPPATCH",
            "LOCK",
            "UNLOCK",
            "PATCH");

    private LocationDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.block(
                        "location",
                        SERVER_LOCATION,
                        Arity.between(1, 2),
                        "Says what happens to some of a server's paths.",
                        LocationDirectives::location),
                Rows.row(
                        "internal",
                        Rows.LOCATION,
                        Arity.NONE,
                        "Lets only internal redirects in.",
                        (statement, level, c) -> level.place().makeInternal()),
                Rows.block(
                        "limit_except",
                        Rows.LOCATION,
                        Arity.atLeast(1),
                        "Says what holds for all methods but some.",
                        LocationDirectives::limitExcept),
                Rows.row(
                        "stub_status",
                        SERVER_LOCATION,
                        Arity.between(0, 1),
                        "Answers with counts of connections and requests.",
                        (statement, level, c) -> level.place()
                                .answer(assembly -> new Action.ReportCounters(statement.span()), statement.span())),
                Rows.row(
                        "empty_gif",
                        Rows.LOCATION,
                        Arity.NONE,
                        "Answers with a transparent image of one pixel.",
                        (statement, level, c) -> level.place()
                                .answer(assembly -> new Action.EmptyImage(statement.span()), statement.span())));
    }

    /// A modifier and what it stands before.
    private record Form(String modifier, Word name) {}

    private static void location(Statement statement, Level level, Compilation c) {
        Optional<Match> match = form(statement, c).flatMap(form -> match(form, c));
        Place outer = level.place();
        if (match.isEmpty() || !mayBeInside(match.get(), outer, statement, c)) {
            // its contents are still worth checking
            match = Optional.of(match.orElse(new Match.Anywhere()));
            Place unreachable = outer.inside(match.get(), Context.LOCATION, statement.span());
            c.read(statement, unreachable.level());
            return;
        }
        Place place = outer.inside(match.get(), Context.LOCATION, statement.span());
        outer.nested().add(place);
        c.read(statement, place.level());
    }

    private static Optional<Form> form(Statement statement, Compilation c) {
        Word first = statement.arg(0);
        if (statement.count() == 2) {
            if (!Set.of("=", "^~", "~", "~*").contains(first.text())) {
                c.value(
                        first,
                        "invalid location modifier \"" + first + "\"",
                        "one of: =, ^~, ~, ~*, or none before a prefix");
                return Optional.empty();
            }
            return Optional.of(new Form(first.text(), statement.arg(1)));
        }
        for (String modifier : List.of("=", "^~", "~*", "~")) {
            if (first.text().startsWith(modifier)) {
                return Optional.of(new Form(modifier, first.after(modifier)));
            }
        }
        return Optional.of(new Form("", first));
    }

    private static Optional<Match> match(Form form, Compilation c) {
        String name = form.name().text();
        return switch (form.modifier()) {
            case "=" -> Optional.of(new Match.Exact(name, false));
            case "^~" -> Optional.of(new Match.Prefix(name, true, false));
            case "~" -> Expressions.regex(form.name(), false, c).map(Match.Expression::new);
            case "~*" -> Expressions.regex(form.name(), true, c).map(Match.Expression::new);
            default ->
                Optional.of(
                        name.startsWith("@")
                                ? new Match.Named(name.substring(1))
                                : new Match.Prefix(name, false, false));
        };
    }

    /// nginx's name of a location: what it matches, without the modifier.
    private static String name(Match match) {
        return switch (match) {
            case Match.Exact exact -> exact.path();
            case Match.Prefix prefix -> prefix.path();
            case Match.Expression expression -> expression.regex().written();
            case Match.Named named -> "@" + named.name();
            case Match.Anywhere anywhere -> "";
        };
    }

    private static boolean mayBeInside(Match match, Place outer, Statement statement, Compilation c) {
        if (outer.around().isEmpty()) {
            return true;
        }
        String name = "location \"" + name(match) + "\"";
        String around = name(outer.match());
        Optional<String> complaint = switch (outer.match()) {
            case Match.Exact exact -> Optional.of(name + " cannot be inside the exact location \"" + around + "\"");
            case Match.Named named -> Optional.of(name + " cannot be inside the named location \"" + around + "\"");
            case Match.Prefix prefix -> insidePrefix(match, around);
            case Match.Expression expression -> insidePrefix(match, around);
            case Match.Anywhere anywhere -> Optional.empty();
        };
        complaint.ifPresent(text -> c.problems().error("nginx.nesting", statement.span(), text));
        return complaint.isEmpty();
    }

    private static Optional<String> insidePrefix(Match match, String around) {
        return switch (match) {
            case Match.Named named ->
                Optional.of("named location \"@" + named.name() + "\" can be on the server level only");
            case Match.Expression expression -> Optional.empty();
            case Match.Exact exact -> outside(exact.path(), around);
            case Match.Prefix prefix -> outside(prefix.path(), around);
            case Match.Anywhere anywhere -> Optional.empty();
        };
    }

    private static Optional<String> outside(String name, String around) {
        return name.startsWith(around)
                ? Optional.empty()
                : Optional.of("location \"" + name + "\" is outside location \"" + around + "\"");
    }

    /// Requests with other methods leave the location's rules aside and go by the settings of the block.
    private static void limitExcept(Statement statement, Level level, Compilation c) {
        for (Word word : statement.args()) {
            if (!METHODS.contains(word.text().toUpperCase(Locale.ROOT))) {
                c.value(word, "invalid method \"" + word + "\"");
                return;
            }
        }
        Place inside = level.place().inside(new Match.Anywhere(), Context.LIMIT_EXCEPT, statement.span());
        c.read(statement, inside.level());
        Span origin = statement.span();
        String names = statement.args().stream()
                .map(word -> word.text().toUpperCase(Locale.ROOT))
                .map(method -> method.equals("GET") ? "GET|HEAD" : method)
                .collect(Collectors.joining("|"));
        Regex methods = new Regex("^(?:" + names + ")$", names, false, List.of(), 0, origin);
        level.place().rules().addFirst(assembly -> {
            Template method = Template.of(new Variable.Builtin(Attribute.METHOD), origin);
            Condition others = new Condition.Not(new Condition.Matches(method, methods));
            Location entered = assembly.location(inside);
            return new Rule.When(others, List.of(new Rule.Stop(origin)), Optional.of(entered), origin);
        });
    }
}
