package dev.fairlead.engine.handler;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.model.http.FileServing;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Content types by the extension of a path, without regard to case.
final class ContentTypes {
    private final Map<String, String> byExtension = new HashMap<>();
    private final String other;

    ContentTypes(FileServing files) {
        files.types().forEach((extension, type) -> byExtension.put(Text.bytes(extension), Text.bytes(type)));
        other = Text.bytes(files.defaultType());
    }

    String of(String path) {
        String extension = extension(path);
        String type = byExtension.get(extension);
        if (type == null) {
            type = byExtension.getOrDefault(extension.toLowerCase(Locale.ROOT), other);
        }
        return type;
    }

    /// What stands behind the last dot of the last segment; a dot at its start counts as none, as in `/.profile`.
    private static String extension(String path) {
        for (int i = path.length() - 1; i > 1; i--) {
            char c = path.charAt(i);
            if (c == '.' && path.charAt(i - 1) != '/') {
                return path.substring(i + 1);
            }
            if (c == '/') {
                return "";
            }
        }
        return "";
    }
}
