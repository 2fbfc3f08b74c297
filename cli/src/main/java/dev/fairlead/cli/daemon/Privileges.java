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
import java.util.List;
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

    /// Looks whether the user and group that a plan asks for are there. Where one is not that is told: as an error
    /// to root, who could not become it, else as a warning.
    ///
    /// @param user how the imitated program says that there is no such user, with `%s` for the name
    /// @param group the same of a group
    /// @param diagnostics what is told is added
    /// @return the plan, unless that was an error
    public static Optional<Plan> known(Optional<Plan> plan, String user, String group, List<Diagnostic> diagnostics) {
        Optional<Diagnostic> unknown =
                plan.flatMap(present -> present.runtime().runAs()).flatMap(asked -> unknown(asked, user, group));
        unknown.ifPresent(diagnostics::add);
        return unknown.filter(Diagnostic::isError).isPresent() ? Optional.empty() : plan;
    }

    private static Optional<Diagnostic> unknown(RunAs asked, String user, String group) {
        if (Accounts.user(asked.user()).isEmpty()) {
            return Optional.of(unknown(asked, user, asked.user(), "adduser --system "));
        }
        return asked.group()
                .filter(name -> Accounts.group(name).isEmpty())
                .map(name -> unknown(asked, group, name, "addgroup --system "));
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
