package dev.fairlead.conformance.cases;

import dev.fairlead.testkit.ProcessUnderTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// Puts a group's files on disk. All of them were last changed at the same moment, unless they say otherwise.
public final class Site {
    private static final String CHANGED_AT = "1704164645";

    private Site() {}

    public static void lay(Path root, Map<String, Group.SiteFile> files) throws IOException {
        Files.createDirectories(root);
        List<Path> folders = new ArrayList<>(List.of(root));
        for (Map.Entry<String, Group.SiteFile> entry : files.entrySet()) {
            if (entry.getKey().chars().anyMatch(c -> c > 126)) {
                writeByShell(root, entry.getKey(), entry.getValue().content());
                continue;
            }
            Path path = root.resolve(entry.getKey());
            Group.SiteFile file = entry.getValue();
            Path parent = file.folder() ? path : path.getParent();
            Files.createDirectories(parent);
            for (Path folder = parent; folder != null && !folder.equals(root); folder = folder.getParent()) {
                folders.add(folder);
            }
            if (!file.folder()) {
                write(path, file);
            }
        }
        for (Path folder : folders) {
            Files.setLastModifiedTime(folder, changedAt(CHANGED_AT));
        }
    }

    /// In the C locale Java can neither name such a file nor pass its name on, so the shell spells it out.
    private static void writeByShell(Path root, String name, String content) {
        StringBuilder octal = new StringBuilder();
        name.chars().forEach(c -> octal.append('\\').append(String.format(Locale.ROOT, "%03o", c)));
        String script = "f=$(printf '" + octal + "'); printf '%s' '" + content + "' > \"$f\" && touch -d @" + CHANGED_AT
                + " \"$f\"";
        ProcessUnderTest.run(root, "sh", "-c", script);
    }

    private static void write(Path path, Group.SiteFile file) throws IOException {
        Map<String, String> options = file.options();
        if (options.containsKey("link")) {
            Files.createSymbolicLink(path, Path.of(options.get("link")));
            return;
        }
        byte[] content = file.content().getBytes(StandardCharsets.ISO_8859_1);
        Files.write(path, options.containsKey("gzip") ? zipped(content) : content);
        Files.setLastModifiedTime(path, changedAt(options.getOrDefault("mtime", CHANGED_AT)));
        if (options.containsKey("mode")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(options.get("mode")));
        }
    }

    private static FileTime changedAt(String seconds) {
        return FileTime.from(java.time.Instant.ofEpochSecond(Long.parseLong(seconds)));
    }

    private static byte[] zipped(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
            stream.write(content);
        }
        return bytes.toByteArray();
    }
}
