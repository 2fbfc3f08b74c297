package dev.fairlead.cli.nginx;

import dev.fairlead.model.plan.RuntimeOptions.RunAs;
import dev.fairlead.os.Accounts;
import java.io.IOException;
import java.util.Optional;

/// Giving up root once listeners, logs and certificates are open.
final class Privileges {
    private Privileges() {}

    /// Becomes the user for good. Without root there is nothing to give up; the configuration's reader has warned.
    ///
    /// @throws IOException in nginx's words if there is no such user or group
    static void giveUp(RunAs runAs) throws IOException {
        if (!Accounts.isRoot()) {
            return;
        }
        Optional<Accounts.User> user = Accounts.user(runAs.user());
        if (user.isEmpty()) {
            throw new IOException("getpwnam(\"" + runAs.user() + "\") failed in "
                    + runAs.origin().fileAndLine());
        }
        int group = user.get().gid();
        if (runAs.group().isPresent()) {
            Optional<Accounts.Group> named = Accounts.group(runAs.group().get());
            if (named.isEmpty()) {
                throw new IOException("getgrnam(\"" + runAs.group().get() + "\") failed in "
                        + runAs.origin().fileAndLine());
            }
            group = named.get().gid();
        }
        Accounts.User found = user.get();
        Accounts.become(new Accounts.User(found.name(), found.uid(), group, found.home(), found.shell()));
    }
}
