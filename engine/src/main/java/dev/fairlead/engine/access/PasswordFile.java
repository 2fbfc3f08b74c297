package dev.fairlead.engine.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A password file as it was when it was read: `name:hash` lines, anything behind a second colon left out,
/// lines that start with `#` as well.
///
/// @param stamp tells whether the file has changed since
record PasswordFile(Map<String, String> hashes, String stamp) {
    static PasswordFile read(Path path) throws IOException {
        String stamp = stampOf(path);
        Map<String, String> hashes = new HashMap<>();
        for (String line : Files.readString(path, StandardCharsets.ISO_8859_1).split("\n")) {
            String[] fields = line.strip().split(":", -1);
            if (fields.length >= 2 && !line.startsWith("#")) {
                hashes.putIfAbsent(fields[0], fields[1]);
            }
        }
        return new PasswordFile(Map.copyOf(hashes), stamp);
    }

    static String stampOf(Path path) throws IOException {
        BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class);
        return facts.lastModifiedTime() + "/" + facts.size() + "/" + facts.fileKey();
    }

    Optional<String> hashOf(String user) {
        return Optional.ofNullable(hashes.get(user));
    }
}
