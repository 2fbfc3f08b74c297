package dev.fairlead.cli.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// A folder whose files are served: with listings, the usual content types, compression of texts, and changes
/// visible at
/// once.
///
/// @param folder absolute
/// @param address what is listened on, as a `listen` directive takes it: `8080`, `127.0.0.1:8080`
public record ServedFolder(Path folder, String address) {
    private static final String TYPES = "types.conf";

    /// What keeps the folder from being written into a configuration.
    public Optional<String> problem() {
        // In a configuration a dollar sign starts a variable, and there is no way to write a plain one.
        return folder.toString().indexOf('$') >= 0
                ? Optional.of("a folder with a $ in its path cannot be served: " + folder)
                : Optional.empty();
    }

    /// The nginx configuration that serves it; the main file's text, complete.
    public String configuration() {
        return """
                worker_processes auto;
                events {
                }
                http {
                %s
                    default_type application/octet-stream;
                    charset utf-8;
                    charset_types text/html text/css text/plain text/javascript text/csv text/xml application/json;
                    sendfile on;
                    tcp_nopush on;
                    server_tokens off;
                    gzip on;
                    gzip_types text/css text/plain text/javascript text/csv text/xml application/json image/svg+xml;
                    access_log off;
                    server {
                        listen %s;
                        root "%s";
                        index index.html index.htm;
                        autoindex on;
                        autoindex_exact_size off;
                        autoindex_localtime on;
                    }
                }
                """.formatted(types(), address, escaped(folder.toString()));
    }

    private static String escaped(String path) {
        return path.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String types() {
        try (InputStream in = ServedFolder.class.getResourceAsStream(TYPES)) {
            if (in == null) {
                throw new IllegalStateException(TYPES + " is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
