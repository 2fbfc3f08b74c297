package dev.fairlead.process.supervisor.launch;

import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.execution.Named;
import dev.fairlead.os.Accounts;
import dev.fairlead.source.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// As whom a service runs. Only root can become someone else; where that is not possible the service runs as the
/// supervisor's own user. Where there is no such user, root runs it as `nobody`, except in a trial, and others as
/// themselves. A warning names the line that asked for another.
///
/// @param user whose name, home and shell it is told; empty: it asked for none
/// @param arguments what `setpriv` is told; none: nothing changes
/// @param warnings what could not be done
public record Identity(Optional<Accounts.User> user, List<String> arguments, List<Diagnostic> warnings) {
    public Identity {
        arguments = List.copyOf(arguments);
        warnings = List.copyOf(warnings);
    }

    /// What its files belong to.
    int uid() {
        return number("--reuid=").orElse(Accounts.currentUid());
    }

    int gid() {
        return number("--regid=").orElse(Accounts.currentGid());
    }

    private Optional<Integer> number(String option) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(option))
                .map(argument -> Integer.parseUnsignedInt(argument.substring(option.length())))
                .findFirst();
    }

    public static Identity of(Execution execution, boolean isTrial) {
        List<Diagnostic> warnings = new ArrayList<>();
        Optional<Accounts.User> user = execution.user().flatMap(named -> user(named, isTrial, warnings));
        Optional<Accounts.Group> group = execution.group().flatMap(named -> group(named, warnings));
        List<Accounts.Group> more = execution.supplementaryGroups().stream()
                .flatMap(named -> group(named, warnings).stream())
                .toList();
        boolean changes = user.filter(other -> other.uid() != Accounts.currentUid())
                        .isPresent()
                || group.filter(other -> other.gid() != Accounts.currentGid()).isPresent()
                || !more.isEmpty();
        if (!changes) {
            return new Identity(user, List.of(), warnings);
        }
        if (!Accounts.isRoot()) {
            Named asked = execution
                    .user()
                    .or(execution::group)
                    .orElseGet(() -> execution.supplementaryGroups().getFirst());
            warnings.add(Diagnostic.warning("service.user", asked.origin(), "only root may run it as " + asked.name())
                    .hint("it runs as "
                            + Accounts.user(Accounts.currentUid())
                                    .map(Accounts.User::name)
                                    .orElse("the current user")));
            return new Identity(Optional.empty(), List.of(), warnings);
        }
        return new Identity(user, arguments(user, group, more), warnings);
    }

    private static Optional<Accounts.User> user(Named named, boolean isTrial, List<Diagnostic> warnings) {
        Optional<Accounts.User> user = Accounts.user(named.name());
        if (user.isPresent()) {
            return user;
        }
        Optional<Accounts.User> instead =
                Accounts.isRoot() && !isTrial ? Accounts.user("nobody") : Accounts.user(Accounts.currentUid());
        warnings.add(Diagnostic.warning("service.user", named.origin(), "there is no user " + named.name())
                .hint("it runs as " + instead.map(Accounts.User::name).orElse("the current user")));
        return instead.filter(other -> other.uid() != Accounts.currentUid());
    }

    private static Optional<Accounts.Group> group(Named named, List<Diagnostic> warnings) {
        Optional<Accounts.Group> group = Accounts.group(named.name());
        if (group.isEmpty()) {
            warnings.add(Diagnostic.warning("service.group", named.origin(), "there is no group " + named.name())
                    .hint("it runs without it"));
        }
        return group;
    }

    private static List<String> arguments(
            Optional<Accounts.User> user, Optional<Accounts.Group> group, List<Accounts.Group> more) {
        List<String> arguments = new ArrayList<>();
        user.ifPresent(one -> arguments.add("--reuid=" + one.uid()));
        int gid = group.map(Accounts.Group::gid)
                .orElse(user.map(Accounts.User::gid).orElse(Accounts.currentGid()));
        arguments.add("--regid=" + gid);
        Set<String> groups = new LinkedHashSet<>();
        groups.add(Integer.toString(gid));
        user.ifPresent(one -> groups.addAll(memberships(one.name())));
        more.forEach(one -> groups.add(Integer.toString(one.gid())));
        arguments.add("--groups=" + String.join(",", groups));
        return arguments;
    }

    /// The groups the machine's group file lists the user in.
    private static List<String> memberships(String user) {
        List<String> groups = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(Path.of("/etc/group"), StandardCharsets.ISO_8859_1)) {
                String[] fields = line.split(":", -1);
                if (fields.length == 4
                        && Arrays.asList(fields[3].split(",", -1)).contains(user)) {
                    groups.add(fields[2]);
                }
            }
        } catch (IOException unreadable) {
            return groups;
        }
        return groups;
    }
}
