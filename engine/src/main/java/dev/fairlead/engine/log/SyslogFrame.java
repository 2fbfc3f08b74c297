package dev.fairlead.engine.log;

import dev.fairlead.engine.text.Times;
import dev.fairlead.model.http.Logging;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// What stands before a message for syslog (RFC 3164).
final class SyslogFrame {
    private static final List<String> FACILITIES = List.of(
            "kern",
            "user",
            "mail",
            "daemon",
            "auth",
            "intern",
            "lpr",
            "news",
            "uucp",
            "clock",
            "authpriv",
            "ftp",
            "ntp",
            "audit",
            "alert",
            "cron",
            "local0",
            "local1",
            "local2",
            "local3",
            "local4",
            "local5",
            "local6",
            "local7");
    private static final List<String> SEVERITIES =
            List.of("emerg", "alert", "crit", "error", "warn", "notice", "info", "debug");

    private final String priority;
    private final String source;
    private final Times times;

    SyslogFrame(Logging.Target.Syslog target, Times times) {
        int facility = Math.max(0, FACILITIES.indexOf(target.facility()));
        int severity = Math.max(0, SEVERITIES.indexOf(target.severity()));
        this.priority = "<" + (facility * 8 + severity) + ">";
        this.source = (target.hostname() ? machine() + " " : "") + target.tag() + ": ";
        this.times = times;
    }

    void appendTo(LineBuffer line) {
        line.append(priority);
        line.append(times.now());
        line.append((byte) ' ');
        line.append(source);
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
