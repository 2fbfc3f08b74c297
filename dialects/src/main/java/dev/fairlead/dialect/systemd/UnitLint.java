package dev.fairlead.dialect.systemd;

import dev.fairlead.dialect.systemd.name.UnitName;
import dev.fairlead.dialect.systemd.setting.KeyTable;
import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Fix;
import dev.fairlead.source.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What systemd allows in a service and is rarely meant: rules over its settings, each with an id, a page in
/// docs/lint, and a fix where one is safe.
public final class UnitLint {
    static final String RUNTIME_DIRECTORY = "lint.runtime-directory-socket";
    static final String PRIVATE_TMP = "lint.private-tmp";
    static final String PRELOAD = "lint.preload-reload";
    static final String TRUST = "lint.trusts-anyone";

    private static final Set<String> YES = Set.of("1", "yes", "true", "on", "y", "t");
    private static final Pattern EVERYONE = Pattern.compile("--forwarded-allow-ips[= ]([\"']?)\\*\\1");
    private static final Pattern PUBLIC =
            Pattern.compile("(?:--bind|-b|--host)[= ]?(?:0\\.0\\.0\\.0|\\[?::\\]?|:[0-9])");
    private static final Pattern TMP = Pattern.compile("(?:^|[\\s=:\"'])((?:/var)?/tmp/[^\\s\"']+)");

    private final List<Assignment> settings;
    private final Problems problems;

    private UnitLint(List<Assignment> settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /// Ids as they appear behind a problem.
    public static SequencedSet<String> ids() {
        return Collections.unmodifiableSequencedSet(
                new LinkedHashSet<>(List.of(RUNTIME_DIRECTORY, PRIVATE_TMP, PRELOAD, TRUST)));
    }

    /// Looks at every service in a folder, or at one unit file; drop-ins count as part of their service. What
    /// cannot be read is left out.
    public static List<Diagnostic> look(Path fileOrFolder) {
        Problems unreadable = new Problems();
        Problems problems = new Problems();
        boolean isFolder = Files.isDirectory(fileOrFolder);
        Path folder = isFolder
                ? fileOrFolder
                : Optional.ofNullable(fileOrFolder.getParent()).orElse(Path.of("."));
        UnitTree tree = UnitTree.scan(folder, unreadable);
        for (UnitName name : tree.names()) {
            Optional<Path> file = tree.fragment(name);
            boolean isMeant = isFolder || file.filter(fileOrFolder::equals).isPresent();
            if (isMeant && name.suffix().equals("service")) {
                List<Assignment> settings = new ArrayList<>();
                List<Path> texts = new ArrayList<>(file.stream().toList());
                texts.addAll(tree.dropIns(name));
                for (Path text : texts) {
                    tree.text(text)
                            .ifPresent(source -> settings.addAll(UnitText.read(source, KeyTable.SECTIONS, unreadable)));
                }
                new UnitLint(settings, problems).look();
            }
        }
        return problems.all();
    }

    private void look() {
        runtimeDirectory();
        privateTmp();
        preload();
        trust();
    }

    /// A socket that systemd takes away with its folder whenever the service stops, also between stop and start.
    private void runtimeDirectory() {
        Optional<Assignment> folders = last("RuntimeDirectory");
        boolean isKept = last("RuntimeDirectoryPreserve")
                .map(setting -> setting.value().text())
                .filter(value -> YES.contains(value) || value.equals("restart"))
                .isPresent();
        if (folders.isEmpty() || isKept) {
            return;
        }
        for (String folder : folders.get().value().text().split("\\s+", -1)) {
            Pattern inside =
                    Pattern.compile("(?:/run|/var/run|%t)/" + Pattern.quote(folder) + "/([^\\s\"',]*sock[^\\s\"',]*)");
            commands().stream()
                    .map(inside::matcher)
                    .filter(Matcher::find)
                    .findFirst()
                    .ifPresent(socket -> {
                        Assignment setting = folders.get();
                        problems.add(Diagnostic.warning(
                                        RUNTIME_DIRECTORY,
                                        setting.span(),
                                        "the socket /run/" + folder + "/" + socket.group(1)
                                                + " is removed with its folder whenever the service stops")
                                .hint(
                                        "while it restarts nobody can connect: add RuntimeDirectoryPreserve=restart, or a socket unit"
                                                + " with the socket elsewhere")
                                .fix(Fix.replace(
                                        setting.value().span().after(), "\nRuntimeDirectoryPreserve=restart")));
                    });
        }
    }

    /// Files in /tmp that others are to find, in a /tmp that no other process sees.
    private void privateTmp() {
        Optional<Assignment> setting =
                last("PrivateTmp").filter(found -> YES.contains(found.value().text()));
        if (setting.isEmpty()) {
            return;
        }
        for (Assignment command : settings) {
            Matcher path = TMP.matcher(command.value().text());
            if (command.key().startsWith("Exec") && path.find()) {
                problems.add(Diagnostic.warning(
                                PRIVATE_TMP,
                                command.value().span(path.start(1), path.end(1)),
                                path.group(1) + " is in a folder that no other process sees, for PrivateTmp=")
                        .hint("put it below /run or /var/log, where others find it"));
                return;
            }
        }
    }

    /// With the code loaded before workers are forked, new workers run the old code.
    private void preload() {
        boolean isHangup = settings.stream()
                .anyMatch(setting -> setting.key().equals("ExecReload")
                        && setting.value().text().matches(".*(-HUP|-s HUP|-1|SIGHUP)\\b.*"));
        if (!isHangup) {
            return;
        }
        for (Assignment command : settings) {
            int at = command.value().text().indexOf("--preload");
            boolean isGunicorn =
                    command.key().equals("ExecStart") && command.value().text().contains("gunicorn");
            if (isGunicorn && at >= 0) {
                problems.add(Diagnostic.warning(
                                PRELOAD,
                                command.value().span(at, at + "--preload".length()),
                                "a reload by HUP starts workers with the code loaded before: new code is not seen")
                        .hint("leave out --preload, or restart instead of reloading"));
            }
        }
    }

    /// An application server on a network address that believes what every client says of its own address.
    private void trust() {
        for (Assignment command : settings) {
            String text = command.value().text();
            Matcher trusts = EVERYONE.matcher(text);
            if (command.key().equals("ExecStart") && PUBLIC.matcher(text).find() && trusts.find()) {
                problems.add(Diagnostic.warning(
                                TRUST,
                                command.value().span(trusts.start(), trusts.end()),
                                "every client can say which address it has, and whether it came by https")
                        .hint("name the proxies in front alone, or bind it to 127.0.0.1 or a socket"));
            }
        }
    }

    private List<String> commands() {
        return settings.stream()
                .filter(setting ->
                        setting.key().startsWith("Exec") || setting.key().equals("Environment"))
                .map(setting -> setting.value().text())
                .toList();
    }

    /// The setting that counts: the last one, unless it is empty.
    private Optional<Assignment> last(String key) {
        return settings.stream()
                .filter(setting -> setting.key().equals(key))
                .reduce((earlier, later) -> later)
                .filter(setting -> !setting.value().isEmpty());
    }
}
