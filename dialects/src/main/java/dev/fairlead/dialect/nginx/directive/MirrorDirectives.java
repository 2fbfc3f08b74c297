package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.model.http.Copies;
import java.util.List;

/// Copies of requests for other servers: `mirror`.
public final class MirrorDirectives {
    private static final Setting<List<Word>> PLACES = Setting.of(Group.COPIES, List.of());
    private static final Setting<Boolean> BODY = Setting.of(Group.COPIES, true);

    private MirrorDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.words(
                        "mirror",
                        HTTP_SERVER_LOCATION,
                        Arity.exactly(1),
                        "Sends a copy of each request to another place; replaces those of outer levels.",
                        MirrorDirectives::place),
                Rows.flag(
                        "mirror_request_body",
                        HTTP_SERVER_LOCATION,
                        BODY,
                        "Says whether copies have the request's body."));
    }

    private static void place(Statement statement, Level level, Compilation c) {
        List<Word> before = level.own(PLACES).map(Level.Assigned::value).orElse(List.of());
        Word place = statement.arg(0);
        if (!before.isEmpty() && (place.is("off") || before.getFirst().is("off"))) {
            c.duplicate(statement, level.origin(PLACES));
        } else {
            level.append(PLACES, place, statement.span());
        }
    }

    public static Copies build(Level level) {
        List<String> places = level.value(PLACES).stream()
                .filter(place -> !place.is("off"))
                .map(Word::text)
                .toList();
        return places.isEmpty() ? Copies.NONE : new Copies(places, level.value(BODY), level.origin(PLACES));
    }
}
