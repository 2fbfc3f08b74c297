package dev.fairlead.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// The Python files that workers consist of: a resource of this module, put where Python can read it.
public final class PythonSide {
    private static final String PACKAGE = "fairlead_worker";
    private static final String LIST = "files.txt";

    private PythonSide() {}

    /// Puts the files into a folder below the one given, named for their content, unless it is there already. Every
    /// user may read them, since workers run as others.
    ///
    /// @return the folder that holds `fairlead_worker`
    /// @throws IOException if it cannot be written
    public static Path unpack(Path under) throws IOException {
        Map<String, byte[]> files = files();
        Path folder = under.resolve("python-" + digest(files));
        if (Files.isDirectory(folder.resolve(PACKAGE))) {
            requireOwn(under);
            requireOwn(folder);
            return folder;
        }
        Files.createDirectories(under);
        requireOwn(under);
        var readable = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));
        Path draft = Files.createTempDirectory(under, "python-new");
        Files.setPosixFilePermissions(draft, readable.value());
        Path target = Files.createDirectory(draft.resolve(PACKAGE), readable);
        Files.setPosixFilePermissions(target, readable.value());
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = target.resolve(file.getKey());
            Files.write(path, file.getValue());
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
        }
        try {
            Files.move(draft, folder);
        } catch (IOException present) {
            // Another process was quicker; its files are the same.
            remove(draft);
            if (!Files.isDirectory(folder.resolve(PACKAGE))) {
                throw present;
            }
        }
        return folder;
    }

    /// What others could have put there is not run.
    private static void requireOwn(Path folder) throws IOException {
        Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            throw new IOException(folder + " belongs to another user");
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }

    private static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        String names = new String(read(LIST), StandardCharsets.UTF_8);
        for (String name : names.lines().toList()) {
            files.put(name, read(PACKAGE + "/" + name));
        }
        return files;
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = PythonSide.class.getResourceAsStream("python/" + name)) {
            if (in == null) {
                throw new IOException("the program lacks its own file " + name);
            }
            return in.readAllBytes();
        }
    }

    private static String digest(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, content) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
