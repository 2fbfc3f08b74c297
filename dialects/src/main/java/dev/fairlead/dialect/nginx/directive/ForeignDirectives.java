package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Setter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Directives of nginx that Fairlead refuses by name, because leaving them aside would change what a site does;
/// and those that only tune something refused. Their names and the reasons stand in a text file beside the
/// classes.
final class ForeignDirectives {
    private static final String RESOURCE = "refused-directives.txt";
    private static final Set<Context> WITHIN_HTTP = EnumSet.of(
            Context.HTTP,
            Context.SERVER,
            Context.SERVER_IF,
            Context.LOCATION,
            Context.LOCATION_IF,
            Context.LIMIT_EXCEPT);

    private ForeignDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        List<Directive<Context, Setter>> rows = new ArrayList<>();
        Set<Context> contexts = WITHIN_HTTP;
        String reason = "";
        boolean passive = false;
        for (String line : lines()) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                contexts = contexts(line.substring(0, colon));
                passive = line.startsWith("passive: ");
                reason = line.substring(colon + 2);
                continue;
            }
            for (String name : line.split(" ", -1)) {
                rows.add(row(name, contexts, reason, passive));
            }
        }
        return rows;
    }

    private static Directive<Context, Setter> row(String name, Set<Context> contexts, String reason, boolean passive) {
        boolean block = name.endsWith("{}");
        Support support = passive ? new Support.WithoutEffect(reason, false) : new Support.Refused(reason);
        return new Directive<>(
                block ? name.substring(0, name.length() - 2) : name,
                contexts,
                Arity.ANY,
                block,
                true,
                "",
                support,
                (statement, level, c) -> {});
    }

    private static Set<Context> contexts(String word) {
        return switch (word) {
            case "main" -> EnumSet.of(Context.MAIN);
            case "upstream" -> EnumSet.of(Context.UPSTREAM);
            default -> WITHIN_HTTP;
        };
    }

    private static List<String> lines() {
        try (InputStream stream = ForeignDirectives.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
