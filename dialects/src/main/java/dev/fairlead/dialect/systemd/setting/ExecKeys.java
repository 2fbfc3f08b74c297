package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.dialect.systemd.text.Slips;
import dev.fairlead.model.service.execution.Named;
import dev.fairlead.model.service.execution.OutputTarget;
import dev.fairlead.model.service.execution.WorkingDirectory;
import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/// The settings of `[Service]` that make the surroundings of its processes.
final class ExecKeys {
    private static final String SERVICE = "Service";
    private static final int ALL_PERMISSIONS = 0777;

    /// systemd warns of unusual names and refuses those that cannot be told from something else.
    private static final String POSSIBLE_NAME = "(?!\\.{1,2}$)(?!-\\d+$)(?! )[^:/\\p{Cntrl}]+(?<! )";

    static final List<Key> ROWS = List.of(
            Key.partly(
                    SERVICE,
                    "User",
                    "Only root may change user; otherwise, and for an unknown user, it runs as the current user, with a "
                            + "warning",
                    (assignment, reading) -> reading.draft().user = named(assignment, reading)),
            Key.partly(
                    SERVICE,
                    "Group",
                    "As User=",
                    (assignment, reading) -> reading.draft().group = named(assignment, reading)),
            Key.partly(SERVICE, "SupplementaryGroups", "As User=", ExecKeys::supplementaryGroups),
            Key.honoured(SERVICE, "WorkingDirectory", "Where it starts", ExecKeys::workingDirectory),
            Key.partly(
                    SERVICE,
                    "RootDirectory",
                    "Needs root, otherwise the start fails with 210/CHROOT; /proc, /sys and /dev appear in it where it has "
                            + "such folders; without capabilities of its own",
                    ExecKeys::rootDirectory),
            Key.honoured(
                    SERVICE,
                    "RootDirectoryStartOnly",
                    "Whether that is only for ExecStart=",
                    (assignment, reading) ->
                            reading.bool(assignment).ifPresent(on -> reading.draft().confinement.rootIsOfMain = on)),
            Key.honoured(
                    SERVICE,
                    "PermissionsStartOnly",
                    "Whether User= and sandboxing are only for ExecStart=; the prefix + says it of single commands",
                    (assignment, reading) ->
                            reading.bool(assignment).ifPresent(on -> reading.draft().permissionsAreOfMain = on)),
            Key.honoured(SERVICE, "Environment", "Variables", Environments::variables),
            Key.honoured(SERVICE, "EnvironmentFile", "Variables from files, read at each start", Environments::file),
            Key.honoured(SERVICE, "PassEnvironment", "Variables of the supervisor handed on", Environments::inherited),
            Key.honoured(SERVICE, "UnsetEnvironment", "Variables taken away", Environments::unset),
            Key.partly(SERVICE, "StandardInput", "null, data, file:, socket; a terminal is as null", Inputs::read),
            Key.honoured(SERVICE, "StandardInputText", "Lines for it to read", Inputs::text),
            Key.honoured(SERVICE, "StandardInputData", "The same in Base64", Inputs::data),
            Key.partly(
                    SERVICE,
                    "DynamicUser",
                    "No user is made: it runs as nobody, with a warning, unless User= names one",
                    Inputs::dynamicUser),
            output("StandardOutput", (draft, target) -> draft.output = Optional.of(target)),
            output("StandardError", (draft, target) -> draft.errorOutput = target),
            Key.honoured(
                    SERVICE,
                    "SyslogIdentifier",
                    "The name its captured lines carry",
                    (assignment, reading) -> reading.text(assignment)
                            .ifPresent(text -> reading.draft().identifier =
                                    text.isEmpty() ? Optional.empty() : Optional.of(text))),
            Key.honoured(SERVICE, "UMask", "The bits new files shall not have", ExecKeys::umask),
            Key.honoured(
                    SERVICE,
                    "Nice",
                    "From -20 to 19; below the supervisor's own only as root",
                    (assignment, reading) -> reading.number(assignment, -20, 19)
                            .ifPresent(nice -> reading.draft().niceness = OptionalInt.of(nice))),
            Key.honoured(
                    SERVICE,
                    "OOMScoreAdjust",
                    "From -1000 to 1000; lowering it only as root",
                    (assignment, reading) -> reading.number(assignment, -1000, 1000)
                            .ifPresent(score -> reading.draft().outOfMemoryScore = OptionalInt.of(score))),
            Key.honoured(
                    SERVICE,
                    "IgnoreSIGPIPE",
                    "Whether SIGPIPE is ignored",
                    (assignment, reading) ->
                            reading.bool(assignment).ifPresent(on -> reading.draft().brokenPipeIsIgnored = on)),
            Key.honoured(
                    SERVICE,
                    "NoNewPrivileges",
                    "Whether executing programs can gain privileges",
                    (assignment, reading) ->
                            reading.bool(assignment).ifPresent(on -> reading.draft().gainsNoPrivileges = on)),
            limit("LimitCPU"),
            limit("LimitFSIZE"),
            limit("LimitDATA"),
            limit("LimitSTACK"),
            limit("LimitCORE"),
            limit("LimitRSS"),
            limit("LimitNOFILE"),
            limit("LimitAS"),
            limit("LimitNPROC"),
            limit("LimitMEMLOCK"),
            limit("LimitLOCKS"),
            limit("LimitSIGPENDING"),
            limit("LimitMSGQUEUE"),
            limit("LimitNICE"),
            limit("LimitRTPRIO"),
            limit("LimitRTTIME"));

    private ExecKeys() {}

    private static Optional<Named> named(Assignment assignment, Reading reading) {
        Optional<String> text = reading.text(assignment);
        if (text.isEmpty() || text.get().isEmpty()) {
            return Optional.empty();
        }
        if (!text.get().matches(POSSIBLE_NAME)) {
            reading.problems()
                    .error(
                            "systemd.user-name",
                            assignment.value().span(),
                            "Invalid user/group name or numeric ID: " + text.get());
            return Optional.empty();
        }
        if (!text.get().matches("[A-Za-z0-9_][A-Za-z0-9_.-]*\\$?")) {
            // systemd keeps it all the same, and fails when the service starts.
            reading.problems()
                    .warning(
                            "systemd.user-name",
                            assignment.value().span(),
                            "'" + text.get() + "' is no usual name of a user or group",
                            Slips.hint(text.get()).orElse("a name or a number on this machine"));
        }
        return Optional.of(new Named(text.get(), assignment.span()));
    }

    private static void supplementaryGroups(Assignment assignment, Reading reading) {
        if (assignment.value().isEmpty()) {
            reading.draft().supplementaryGroups.clear();
        }
        reading.words(assignment)
                .forEach(word -> reading.draft().supplementaryGroups.add(new Named(word.text(), assignment.span())));
    }

    private static void workingDirectory(Assignment assignment, Reading reading) {
        Span span = assignment.span();
        Optional<String> expanded = reading.text(assignment);
        if (expanded.isEmpty()) {
            return;
        }
        boolean mayBeMissing = expanded.get().startsWith("-");
        String path = mayBeMissing ? expanded.get().substring(1) : expanded.get();
        if (path.isEmpty()) {
            reading.draft().workingDirectory = new WorkingDirectory.Default();
        } else if (path.equals("~")) {
            reading.draft().workingDirectory = new WorkingDirectory.Home(mayBeMissing, span);
        } else if (path.startsWith("/")) {
            reading.draft().workingDirectory =
                    new WorkingDirectory.At(reading.options().resolve(path), mayBeMissing, span);
        } else {
            // systemd refuses the unit for this, unless the dash allows the directory to be missing.
            String message = "Working directory path '" + path + "' is not absolute.";
            String hint = "write the whole path, from / on, or ~ for the user's home";
            if (mayBeMissing) {
                reading.problems().warning("systemd.working-directory", span, message, hint);
            } else {
                reading.problems().error("systemd.working-directory", span, message, hint);
            }
        }
    }

    private static void rootDirectory(Assignment assignment, Reading reading) {
        if (assignment.value().isEmpty()) {
            reading.draft().confinement.root = Optional.empty();
            return;
        }
        reading.path(assignment).ifPresent(path -> {
            boolean isReal = path.normalize().equals(Path.of("/"));
            reading.draft().confinement.root = isReal ? Optional.empty() : Optional.of(path.normalize());
            reading.draft().confinement.rootOrigin = Optional.of(assignment.span());
        });
    }

    private static void umask(Assignment assignment, Reading reading) {
        try {
            int mode = Integer.parseInt(assignment.value().text(), 8);
            if (mode >= 0 && mode <= ALL_PERMISSIONS) {
                reading.draft().umask = mode;
                return;
            }
        } catch (NumberFormatException none) {
            // reported below, as a mode out of range is
        }
        reading.ignore(assignment, "Failed to parse mode value, ignoring: ", "an octal mode such as 0022");
    }

    private static Key output(String name, BiConsumer<Draft, OutputTarget> field) {
        return Key.partly(
                SERVICE,
                name,
                "journal (also syslog), null, inherit, file:, append:, truncate:; others go to the journal",
                (assignment, reading) ->
                        Outputs.read(assignment, reading).ifPresent(target -> field.accept(reading.draft(), target)));
    }

    private static Key limit(String name) {
        return Key.honoured(
                SERVICE,
                name,
                "Soft, or soft:hard; raising a hard limit only as root",
                (assignment, reading) -> Limits.read(assignment, reading)
                        .ifPresent(limit -> reading.draft().limits.put(name.substring("Limit".length()), limit)));
    }
}
