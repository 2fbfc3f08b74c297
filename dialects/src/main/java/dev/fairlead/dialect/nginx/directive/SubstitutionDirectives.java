package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;

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
import dev.fairlead.model.http.Substitution;
import java.util.List;
import java.util.Set;

/// Texts that are replaced in responses.
public final class SubstitutionDirectives {
    private static final Setting<List<Pair>> PAIRS = Setting.of(Group.SUBSTITUTION, List.of());
    private static final Setting<Set<String>> TYPES = Setting.of(Group.SUBSTITUTION, Set.of("text/html"));
    private static final Setting<Boolean> ONCE = Setting.of(Group.SUBSTITUTION, true);
    private static final Setting<Boolean> MODIFIED = Setting.of(Group.SUBSTITUTION, false);

    private SubstitutionDirectives() {}

    private record Pair(Word wanted, Word instead) {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.row(
                        "sub_filter",
                        HTTP_SERVER_LOCATION,
                        Arity.exactly(2),
                        "Replaces a text in responses; replaces those set on outer levels.",
                        SubstitutionDirectives::pair),
                Rows.types(
                        "sub_filter_types", TYPES, "Says in which content types texts are replaced besides text/html."),
                Rows.flag("sub_filter_once", HTTP_SERVER_LOCATION, ONCE, "Replaces each text once, or wherever it is."),
                Rows.flag(
                        "sub_filter_last_modified",
                        HTTP_SERVER_LOCATION,
                        MODIFIED,
                        "Leaves Last-Modified in responses whose texts are replaced."));
    }

    private static void pair(Statement statement, Level level, Compilation c) {
        if (statement.arg(0).text().isEmpty()) {
            c.value(statement.arg(0), "empty search pattern");
            return;
        }
        Pair pair = new Pair(c.text(statement.arg(0)), c.text(statement.arg(1)));
        level.append(PAIRS, pair, statement.span());
    }

    public static Substitution build(Level level, Assembly assembly) {
        List<Substitution.Pair> pairs = level.value(PAIRS).stream()
                .map(pair -> new Substitution.Pair(
                        assembly.templates().template(pair.wanted()),
                        assembly.templates().template(pair.instead())))
                .toList();
        return pairs.isEmpty()
                ? Substitution.NONE
                : new Substitution(pairs, level.value(TYPES), level.value(ONCE), level.value(MODIFIED));
    }
}
