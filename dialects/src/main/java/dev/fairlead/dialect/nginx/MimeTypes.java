package dev.fairlead.dialect.nginx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// The content types that most sites need, for a configuration that stands alone and names none.
final class MimeTypes {
    private static final String RESOURCE = "mime-types.txt";
    private static final Map<String, String> USUAL = load();

    private MimeTypes() {}

    /// By lower-case file extension.
    static Map<String, String> usual() {
        return USUAL;
    }

    private static Map<String, String> load() {
        Map<String, String> types = new TreeMap<>();
        try (InputStream stream = MimeTypes.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the jar");
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] words = line.strip().split("\\s+", -1);
                        for (int i = 1; i < words.length; i++) {
                            types.put(words[i], words[0]);
                        }
                    });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Map.copyOf(types);
    }
}
