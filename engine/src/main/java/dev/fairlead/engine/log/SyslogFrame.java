package dev.fairlead.engine.log;

import dev.fairlead.engine.text.value.Times;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Logging;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// What stands before a message for syslog (RFC 3164).
final class SyslogFrame {
    @SuppressWarnings("EnumOrdinal")
    private static final int GRAVEST = LogLevel.EMERG.ordinal();

    private final String priority;
    private final String source;
    private final Times times;

    @SuppressWarnings("EnumOrdinal") // the numbers of RFC 3164 are the order of the words
    SyslogFrame(Logging.Target.Syslog target, Times times) {
        int severity = GRAVEST - target.severity().ordinal();
        this.priority = "<" + (target.facility().ordinal() * 8 + severity) + ">";
        this.source = (target.hostname() ? machine() + " " : "")
                + target.tag()
                + (target.processId() ? "[" + ProcessHandle.current().pid() + "]: " : ": ");
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
