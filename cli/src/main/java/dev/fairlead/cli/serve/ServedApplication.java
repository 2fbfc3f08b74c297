package dev.fairlead.cli.serve;

import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.cli.stack.Layout;
import dev.fairlead.cli.stack.StackSource;
import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.nginx.Compiled;
import dev.fairlead.dialect.nginx.NginxDialect;
import dev.fairlead.dialect.nginx.NginxOptions;
import dev.fairlead.model.service.UnitSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A Python application that is served without any configuration. It writes the nginx site that says so.
///
/// @param target `MODULE:NAME` or `MODULE:FACTORY(ARGUMENTS)`
/// @param folder absolute; where the module is looked for
/// @param address what is listened on, as a `listen` directive takes it: `8080`, `127.0.0.1:8080`
/// @param parameters further ones of the `app` directive, such as `workers=4`
public record ServedApplication(String target, Path folder, String address, List<String> parameters)
        implements StackSource {
    private static final Path PLACE = Path.of("/serve");
    private static final Path SITE = PLACE.resolve("site.conf");
    private static final Pattern TARGET = Pattern.compile("[^\\s/:]+:.+");

    public ServedApplication {
        parameters = List.copyOf(parameters);
    }

    /// Whether a word names an application and not a folder.
    public static boolean isMeantBy(String word) {
        return TARGET.matcher(word).matches() && !Files.exists(Path.of(word));
    }

    @Override
    public CompiledStack read() {
        Layout layout = Layout.ofSite(folder, SITE, "python   " + target + " in " + folder + "/", List.of());
        NginxOptions options = NginxOptions.debian()
                .withFiles(FileSource.of(Map.of(SITE.toString(), site())))
                .withDefaults(Optional.empty(), "stderr", Optional.empty());
        Compiled compiled = NginxDialect.compileFragments(PLACE, List.of(SITE), options);
        return new CompiledStack(layout, compiled.plan(), UnitSet.EMPTY, compiled.diagnostics());
    }

    /// Bodies of any size and paths as they come, since there is nobody behind whose habits one could know.
    private String site() {
        List<String> words = new ArrayList<>(List.of(target, "directory=" + folder));
        words.addAll(parameters);
        return String.format(
                Locale.ROOT,
                """
                client_max_body_size 0;
                merge_slashes off;
                server {
                    listen %s;
                    location / { app %s; }
                }
                """,
                address,
                String.join(" ", words.stream().map(ServedApplication::quoted).toList()));
    }

    private static String quoted(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
