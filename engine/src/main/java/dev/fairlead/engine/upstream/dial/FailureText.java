package dev.fairlead.engine.upstream.dial;

import dev.fairlead.engine.tls.ServerRefused;
import dev.fairlead.engine.upstream.server.ServerState;
import dev.fairlead.model.http.LogLevel;
import io.netty.channel.unix.Errors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What went wrong with another server, in the words that nginx's error log uses and scripts look for.
public final class FailureText {
    private static final int NOT_FOUND = 2;
    private static final int BROKEN_PIPE = 32;
    private static final int RESET = 104;
    private static final int REFUSED = 111;

    private FailureText() {}

    /// Such as `connect() failed (111: Connection refused) while connecting to upstream`.
    public static String connecting(Throwable cause, ServerState server) {
        String call = server.name().startsWith("unix:") ? "connect() to " + server.name() : "connect()";
        return call + " failed (" + reason(cause, REFUSED) + ") while connecting to upstream";
    }

    /// TLS could not be agreed on.
    public static String handshaking(Throwable cause) {
        return ServerRefused.words(cause) + " while SSL handshaking to upstream";
    }

    /// Files that are not there or not ours are graver than a server that is down.
    public static LogLevel gravity(Throwable cause) {
        return switch (number(cause, REFUSED)) {
            case NOT_FOUND, 13 -> LogLevel.CRIT;
            default -> LogLevel.ERROR;
        };
    }

    /// The connection ended before the answer was complete.
    ///
    /// @param cause null if it ended in the usual way
    /// @param doing such as `reading response header from upstream`
    public static String lost(@Nullable Throwable cause, String doing) {
        if (cause == null) {
            return "upstream prematurely closed connection while " + doing;
        }
        String call = number(cause, RESET) == BROKEN_PIPE ? "writev()" : "recv()";
        return call + " failed (" + reason(cause, RESET) + ") while " + doing;
    }

    public static String timedOut(String doing) {
        return "upstream timed out (110: Connection timed out) while " + doing;
    }

    /// What the system says of it, such as `connection refused`.
    public static String reason(Throwable cause) {
        String text = reason(cause, REFUSED);
        return text.substring(text.indexOf(':') + 2).toLowerCase(Locale.ROOT);
    }

    private static String reason(Throwable cause, int usual) {
        int number = number(cause, usual);
        String text = switch (number) {
            case 2 -> "No such file or directory";
            case 13 -> "Permission denied";
            case 11 -> "Resource temporarily unavailable";
            case 24 -> "Too many open files";
            case BROKEN_PIPE -> "Broken pipe";
            case 99 -> "Cannot assign requested address";
            case 101 -> "Network is unreachable";
            case RESET -> "Connection reset by peer";
            case 110 -> "Connection timed out";
            case REFUSED -> "Connection refused";
            case 113 -> "No route to host";
            default -> String.valueOf(cause.getMessage());
        };
        return number + ": " + text;
    }

    /// The system's error number.
    private static int number(Throwable cause, int usual) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            switch (each) {
                case Errors.NativeIoException io -> {
                    return Math.abs(io.expectedErr());
                }
                case FileNotFoundException missing -> {
                    return NOT_FOUND;
                }
                case ConnectException connect
                when connect.getCause() == null && connect.getMessage() != null -> {
                    return numberIn(connect.getMessage(), usual);
                }
                case IOException io
                when io.getMessage() != null && io.getMessage().contains("error(-") -> {
                    return numberIn(io.getMessage(), usual);
                }
                default -> {}
            }
        }
        return usual;
    }

    private static int numberIn(String message, int usual) {
        int start = message.indexOf("error(-");
        int end = message.indexOf(')', start);
        return start < 0 ? usual : Integer.parseInt(message.substring(start + "error(-".length(), end));
    }
}
