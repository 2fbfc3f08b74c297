package dev.fairlead.cli.daemon;

import dev.fairlead.cli.run.LogFiles;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.RuntimeOptions.RunAs;
import dev.fairlead.os.Accounts;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Giving up root once listeners, logs and certificates are open.
public final class Privileges {
    private Privileges() {}

    /// Becomes the user of the plan for good, after handing it the log files and the pid file. Without root
    /// there is nothing to give up; the configuration's reader has warned.
    ///
    /// @throws IOException in nginx's words if there is no such user or group
    public static void giveUp(Plan plan) throws IOException {
        if (plan.runtime().runAs().isEmpty() || !Accounts.isRoot()) {
            return;
        }
        Accounts.User user = user(plan.runtime().runAs().get());
        if (user.uid() != 0) {
            handOver(plan, user);
            Accounts.become(user);
        }
    }

    /// Says that there is no such user or group: an error for root, who could not become it, else a warning.
    ///
    /// @param user how the imitated program says that of a user, with `%s` for the name
    /// @param group the same of a group
    public static Optional<Diagnostic> unknown(Plan plan, String user, String group) {
        Optional<RunAs> asked = plan.runtime().runAs();
        Optional<Diagnostic> noUser = asked.filter(
                        runAs -> Accounts.user(runAs.user()).isEmpty())
                .map(runAs -> unknown(runAs, user, runAs.user(), "adduser --system "));
        return noUser.isPresent()
                ? noUser
                : asked.flatMap(runAs -> runAs.group()
                        .filter(name -> Accounts.group(name).isEmpty())
                        .map(name -> unknown(runAs, group, name, "addgroup --system ")));
    }

    private static Diagnostic unknown(RunAs runAs, String words, String name, String maker) {
        return new Diagnostic(
                Accounts.isRoot() ? Severity.ERROR : Severity.WARNING,
                "run-as.unknown",
                runAs.origin().nearest(name),
                words.replace("%s", name),
                Optional.of("a name that getent knows, or make one: " + maker + name));
    }

    private static void handOver(Plan plan, Accounts.User user) throws IOException {
        Set<Path> files = new LinkedHashSet<>(LogFiles.of(plan));
        plan.runtime().pidFile().ifPresent(file -> files.add(Path.of(file.path())));
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                Files.setAttribute(file, "unix:uid", user.uid());
            }
        }
    }

    private static Accounts.User user(RunAs runAs) throws IOException {
        Optional<Accounts.User> user = Accounts.user(runAs.user());
        if (user.isEmpty()) {
            throw new IOException("getpwnam(\"" + runAs.user() + "\") failed in "
                    + runAs.origin().fileAndLine());
        }
        Accounts.User found = user.get();
        return runAs.group().isEmpty()
                ? found
                : new Accounts.User(found.name(), found.uid(), group(runAs), found.home(), found.shell());
    }

    private static int group(RunAs runAs) throws IOException {
        String name = runAs.group().orElse("");
        Optional<Accounts.Group> group = Accounts.group(name);
        if (group.isEmpty()) {
            throw new IOException(
                    "getgrnam(\"" + name + "\") failed in " + runAs.origin().fileAndLine());
        }
        return group.get().gid();
    }
}
