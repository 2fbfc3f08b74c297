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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A folder whose files are served without any configuration: with listings, the usual content types,
/// compression of texts, and changes visible at once. It writes the nginx site that says so.
///
/// @param folder absolute
/// @param address what is listened on, as a `listen` directive takes it: `8080`, `127.0.0.1:8080`
public record ServedFolder(Path folder, String address) implements StackSource {
    private static final Path PLACE = Path.of("/serve");
    private static final Path SITE = PLACE.resolve("site.conf");

    @Override
    public CompiledStack read() {
        List<String> problems = problem().stream().toList();
        Layout layout = Layout.ofSite(folder, SITE, "files    " + folder + "/", problems);
        if (!problems.isEmpty()) {
            return new CompiledStack(layout, Optional.empty(), UnitSet.EMPTY, List.of());
        }
        NginxOptions options = NginxOptions.debian()
                .withFiles(FileSource.of(Map.of(SITE.toString(), site())))
                .withDefaults(Optional.empty(), "stderr", Optional.empty());
        Compiled compiled = NginxDialect.compileFragments(PLACE, List.of(SITE), options);
        return new CompiledStack(layout, compiled.plan(), UnitSet.EMPTY, compiled.diagnostics());
    }

    private Optional<String> problem() {
        if (!Files.isDirectory(folder)) {
            return Optional.of(folder + " is no folder");
        }
        // In a configuration a dollar sign starts a variable, and there is no way to write a plain one.
        return folder.toString().indexOf('$') >= 0
                ? Optional.of("a folder with a $ in its path cannot be served: " + folder)
                : Optional.empty();
    }

    private String site() {
        return String.format(Locale.ROOT, """
                charset utf-8;
                sendfile on;
                tcp_nopush on;
                gzip on;
                gzip_types text/css text/plain text/javascript application/javascript text/xml application/json \
                image/svg+xml;
                server {
                    listen %s;
                    root "%s";
                    index index.html index.htm;
                    autoindex on;
                    autoindex_exact_size off;
                    autoindex_localtime on;
                }
                """, address, escaped(folder.toString()));
    }

    private static String escaped(String path) {
        return path.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
