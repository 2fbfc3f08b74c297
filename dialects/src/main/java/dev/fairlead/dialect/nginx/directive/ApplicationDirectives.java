package dev.fairlead.dialect.nginx.directive;

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
import dev.fairlead.unit.Suggestion;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Applications that run in workers of our own. nginx has nothing like it.
public final class ApplicationDirectives {
    /// Modules are imported by name, so that a file `2-page.py` is one although no import statement could say so.
    private static final Pattern TARGET = Pattern.compile("[^\\s./:]+(\\.[^\\s./:]+)*(:.+)?");
    private static final Set<String> REPEATED = Set.of("env", "pythonpath");

    private ApplicationDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(Rows.words(
                "app",
                EnumSet.of(Context.LOCATION, Context.LOCATION_IF),
                Arity.atLeast(1),
                "Fairlead's own: hands requests to a Python application, which it runs; see above.",
                ApplicationDirectives::app));
    }

    /// The parameters of `app` and what they mean.
    public static Stream<Map.Entry<String, String>> parameters() {
        return ApplicationParameters.documentation();
    }

    /// Whether requests to this place's path without its last slash are redirected to it, as for all that answers
    /// in nginx's place.
    public static boolean redirectsToSlash(Place place) {
        return place.actionOrigin()
                .filter(origin -> origin.text().startsWith("app"))
                .isPresent();
    }

    private static void app(Statement statement, Level level, Compilation c) {
        Word target = statement.arg(0);
        if (!TARGET.matcher(target.text()).matches()) {
            c.value(
                    target,
                    "invalid application \"" + target + "\"",
                    "expected MODULE:NAME, such as wsgi:application or shop.web:app");
            return;
        }
        ApplicationParameters parameters = new ApplicationParameters(target, statement.span());
        if (!read(statement, parameters, c)) {
            return;
        }
        level.place()
                .answer(
                        assembly -> {
                            String name = assembly.application(parameters.build(assembly.environment()));
                            return new Action.RunApplication(name, statement.span());
                        },
                        statement.span());
    }

    private static boolean read(Statement statement, ApplicationParameters parameters, Compilation c) {
        boolean isGood = true;
        Set<String> given = new HashSet<>();
        for (Word word : statement.args().subList(1, statement.count())) {
            int equals = word.text().indexOf('=');
            String name = equals < 0 ? word.text() : word.text().substring(0, equals);
            if (equals < 0 || !ApplicationParameters.names().contains(name)) {
                c.problems().error("nginx.parameter", word.span(), "invalid parameter \"" + word + "\"", hint(name));
                isGood = false;
            } else if (!given.add(name) && !REPEATED.contains(name)) {
                c.problems().error("nginx.parameter", word.span(), "duplicate parameter \"" + word + "\"");
                isGood = false;
            } else {
                Optional<String> expected = parameters.read(name, word.after(name + "="));
                expected.ifPresent(what ->
                        c.value(word, "invalid value \"" + word + "\" in \"app\" directive", "expected " + what));
                isGood &= expected.isEmpty();
            }
        }
        if (isGood) {
            int before = c.problems().all().size();
            parameters.check(complaint -> c.problems().error("nginx.parameter", statement.span(), complaint));
            isGood = c.problems().all().size() == before;
        }
        return isGood;
    }

    private static String hint(String name) {
        return Suggestion.nearest(name, ApplicationParameters.names())
                .map(near -> "did you mean \"" + near + "=\"?")
                .orElse("one of: " + String.join(", ", ApplicationParameters.names()));
    }
}
