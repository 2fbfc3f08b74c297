package dev.fairlead.dialect.stunnel;

import dev.fairlead.model.http.SyslogFacility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What holds for the whole program, while it is read.
final class Global {
    Optional<Given<String>> chroot = Optional.empty();
    Optional<Given<String>> output = Optional.empty();
    Optional<Given<String>> pid = Optional.empty();
    Optional<Given<String>> user = Optional.empty();
    Optional<Given<String>> group = Optional.empty();
    Optional<Boolean> syslog = Optional.empty();
    boolean foreground;
    /// Whether nothing is told on standard error all the same.
    boolean isQuiet;
    List<String> environment = new ArrayList<>();
    SyslogFacility facility = SyslogFacility.DAEMON;
    String serviceName = "stunnel";
}
