package dev.fairlead.cli.pound;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What pound was asked on its command line.
///
/// @param file the configuration
/// @param pidFile over that of the configuration
/// @param check whether the configuration is checked only
/// @param version whether the version is shown
/// @param help whether the options are shown
/// @param foreground whether it stays in the foreground whatever the configuration says
/// @param verbose whether notes are shown as well
/// @param folder where relative names of files start, instead of the configuration's folder
record PoundArguments(
        String file,
        Optional<String> pidFile,
        boolean check,
        boolean version,
        boolean help,
        boolean foreground,
        boolean verbose,
        Optional<String> folder) {
    private static final String USUAL = "/etc/pound.cfg";

    /// @param words without the program's own name
    /// @throws IllegalArgumentException with the reason if they cannot be understood
    static PoundArguments read(List<String> words) {
        String file = USUAL;
        @Nullable String pidFile = null;
        @Nullable String folder = null;
        StringBuilder flags = new StringBuilder();
        int next = 0;
        while (next < words.size()) {
            String word = words.get(next++);
            if (!word.matches("-[FVcehvfpW].*")) {
                throw new IllegalArgumentException("unknown argument \"" + word + "\"");
            }
            for (int i = 1; i < word.length(); i++) {
                char flag = word.charAt(i);
                if ("fpW".indexOf(flag) < 0) {
                    flags.append(flag);
                    continue;
                }
                String rest = word.substring(i + 1);
                if (rest.isEmpty() && next >= words.size()) {
                    throw new IllegalArgumentException("option requires an argument -- '" + flag + "'");
                }
                String value = rest.isEmpty() ? words.get(next++) : rest;
                file = flag == 'f' ? value : file;
                pidFile = flag == 'p' ? value : pidFile;
                folder = flag == 'W' ? folder(value, folder) : folder;
                break;
            }
        }
        String given = flags.toString();
        if (!given.matches("[FVcehv]*")) {
            throw new IllegalArgumentException("invalid option in \"-" + given + "\"");
        }
        return new PoundArguments(
                file,
                Optional.ofNullable(pidFile),
                given.contains("c"),
                given.contains("V"),
                given.contains("h"),
                given.contains("F") || given.contains("e"),
                given.contains("v"),
                Optional.ofNullable(folder));
    }

    /// What `-W` says about where names of files start.
    private static @Nullable String folder(String feature, @Nullable String before) {
        if (feature.startsWith("include-dir=")) {
            return feature.substring("include-dir=".length());
        }
        return switch (feature) {
            case "no-include-dir" -> "";
            case "dns", "no-dns", "warn-deprecated", "no-warn-deprecated" -> before;
            default -> throw new IllegalArgumentException("invalid feature name: " + feature);
        };
    }
}
