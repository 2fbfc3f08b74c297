package dev.fairlead.dialect.nginx;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.source.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Compiles texts in tests.
final class Conf {
    static final String PATH = "/etc/nginx/nginx.conf";

    private Conf() {}

    static NginxOptions options(Map<String, String> files) {
        return NginxOptions.debian()
                .withFiles(FileSource.of(files))
                .withDefaults(Optional.empty(), "stderr", Optional.empty());
    }

    static Compiled compile(String text) {
        return NginxDialect.compile(Path.of(PATH), options(Map.of(PATH, text)));
    }

    /// A whole configuration around what stands in `http`.
    static Compiled http(String inside) {
        return compile("events { }\nhttp {\n" + inside + "\n}\n");
    }

    static HttpPlan plan(Compiled compiled) {
        return compiled.plan()
                .orElseThrow(() -> new AssertionError(render(compiled.diagnostics())))
                .http();
    }

    /// The only server of what stands in `http`.
    static VirtualHost host(String inside) {
        return plan(http(inside)).listeners().getFirst().defaultHost();
    }

    /// The first location of the only server.
    static Location location(String inside) {
        return host("server { " + inside + " }").locations().getFirst();
    }

    static String render(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(Diagnostic::render).collect(Collectors.joining("\n\n"));
    }

    /// Messages of errors alone.
    static List<String> errors(Compiled compiled) {
        return compiled.errors().stream().map(Diagnostic::message).toList();
    }
}
