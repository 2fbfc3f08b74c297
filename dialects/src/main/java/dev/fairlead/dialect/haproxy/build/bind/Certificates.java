package dev.fairlead.dialect.haproxy.build.bind;

import dev.fairlead.dialect.haproxy.build.workshop.Parameters;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.tls.TlsIdentity;
import dev.fairlead.model.tls.TlsVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The certificates of a `bind` line: `crt` with files and folders, and the files of `crt-list`. Each is shown to
/// clients that ask for a name it is for; the first to all others.
final class Certificates {
    private static final List<String> BESIDES = List.of(".key", ".issuer", ".ocsp", ".sctl");

    /// Options of lines in a list that say who may come in.
    private static final Set<String> GUARDS = Set.of("verify", "ca-file", "ca-verify-file", "crl-file");
    /// And those that say what may be spoken.
    private static final Set<String> CIPHERS = Set.of("ciphers", "ciphersuites");

    private static final Set<String> VALUELESS = Set.of("allow-0rtt", "no-alpn", "no-ca-names");

    private final Workshop workshop;
    private final Set<TlsVersion> versions;

    /// @param versions that the bind line speaks
    Certificates(Workshop workshop, Set<TlsVersion> versions) {
        this.workshop = workshop;
        this.versions = versions;
    }

    List<TlsIdentity> of(Parameters given) {
        List<TlsIdentity> identities = new ArrayList<>();
        for (Word word : given.values("crt")) {
            String path = workshop.path(word, "crt-base");
            List<String> names = workshop.files().names(Path.of(path)).stream()
                    .filter(name -> !name.startsWith(".") && BESIDES.stream().noneMatch(name::endsWith))
                    .sorted()
                    .toList();
            if (names.isEmpty()) {
                identities.add(identity(path, word).shownFor(List.of()));
            } else {
                names.forEach(name -> identities.add(
                        identity(Path.of(path, name).toString(), word).shownFor(List.of())));
            }
        }
        given.find("crt-list").ifPresent(parameter -> list(parameter.value(), given, identities));
        return identities;
    }

    private static TlsIdentity identity(String path, Word word) {
        return new TlsIdentity(path, path, List.of(), word.span());
    }

    /// Each line is `FILE [options] NAME…`; without names it is for those in the certificate.
    private void list(Word file, Parameters given, List<TlsIdentity> identities) {
        String text;
        try {
            text = workshop.read(workshop.path(file, "crt-base"));
        } catch (IOException unreadable) {
            workshop.problems()
                    .error(
                            "haproxy.file",
                            file.span(),
                            "unable to open crt-list '" + file.text() + "' : " + unreadable.getMessage());
            return;
        }
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> line(line, file, given, identities));
    }

    private void line(String line, Word file, Parameters given, List<TlsIdentity> identities) {
        int open = line.indexOf('[');
        int close = line.indexOf(']');
        String plain = line;
        if (open > 0 && close > open) {
            plain = line.substring(0, open) + " " + line.substring(close + 1);
            options(line.substring(open + 1, close).strip(), file, given);
        }
        List<String> words = Arrays.stream(plain.split("[ \t]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        String path = workshop.path(file.withText(words.getFirst()), "crt-base");
        identities.add(identity(path, file).shownFor(words.subList(1, words.size())));
    }

    /// Whether an option leaves out a version that the bind line speaks, as too old.
    private boolean raises(String name, String value) {
        TlsVersion least = Tls.VERSIONS.get(value);
        return name.equals("ssl-min-ver")
                && least != null
                && versions.stream().anyMatch(version -> version.compareTo(least) < 0);
    }

    private void refuse(String option, Word file, String why) {
        workshop.problems()
                .error(
                        "haproxy.refused",
                        file.span(),
                        "'" + option + "' in crt-list '" + file.text() + "' is not supported: " + why
                                + ", for all its certificates",
                        "on the bind line: " + option + ", or a bind of its own for those names");
    }

    /// What stands in brackets on a line of the list. Who may come in, and by what protocol, is never left to
    /// chance: it has to be what the bind line says.
    private void options(String text, Word file, Parameters given) {
        List<String> words = Arrays.stream(text.split("[ \t]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        List<String> leftAside = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String name = words.get(i);
            boolean hasValue = !VALUELESS.contains(name) && i + 1 < words.size();
            String value = hasValue ? words.get(++i) : "";
            boolean isSame = given.find(name)
                    .filter(parameter -> parameter.value().text().equals(value))
                    .isPresent();
            if (!isSame && GUARDS.contains(name)) {
                refuse(name + " " + value, file, "clients' certificates are asked for by the bind line");
            } else if (!isSame && (CIPHERS.contains(name) || raises(name, value))) {
                refuse(name + " " + value, file, "versions and ciphers are agreed on as the bind line says");
            } else if (!isSame) {
                leftAside.add(hasValue ? name + " " + value : name);
            }
        }
        if (!leftAside.isEmpty()) {
            workshop.problems()
                    .warning(
                            "haproxy.without-effect",
                            file.span(),
                            "'[" + String.join(" ", leftAside) + "]' in crt-list '" + file.text()
                                    + "' has no effect: what the bind line says holds for all its certificates");
        }
    }
}
