package dev.fairlead.model.http;

import dev.fairlead.model.text.Template;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is written down about requests.
///
/// @param failures a line for each connection that fails before there can be a request, see [ConnectionFailure];
///     where there is one, it stands instead of those of `access`
public record Logging(List<AccessLog> access, List<ErrorLog> error, List<AccessLog> failures) {
    /// Connections that fail early are not told.
    public Logging(List<AccessLog> access, List<ErrorLog> error) {
        this(access, error, List.of());
    }

    /// A line for each request.
    ///
    /// @param condition logged only if it evaluates to neither nothing nor `0`
    /// @param bufferBytes lines are collected up to this size before they are written; 0 writes each at once
    /// @param flush longest time a line stays in the buffer
    /// @param moment when it is written
    public record AccessLog(
            Target target,
            Format format,
            Optional<Template> condition,
            int bufferBytes,
            Optional<Duration> flush,
            Moment moment,
            Span origin) {
        /// Written at the end.
        public AccessLog(
                Target target,
                Format format,
                Optional<Template> condition,
                int bufferBytes,
                Optional<Duration> flush,
                Span origin) {
            this(target, format, condition, bufferBytes, flush, Moment.END, origin);
        }
    }

    /// When a line is written.
    public enum Moment {
        /// Once the head of a server's answer goes out to the client, or the server has taken the connection.
        BEGUN,
        /// When all is over, unless a line was written before.
        END
    }

    /// @param least lines of that level or graver are written
    public record ErrorLog(Target target, LogLevel least, Span origin) {}

    /// A line's form. Values have been escaped as `escaping` says when they are put in.
    public record Format(String name, Template line, Escaping escaping, Span origin) {}

    public enum Escaping {
        /// `\xXX` for quotes, backslashes and bytes outside 32 to 126; `-` for a value that is not there.
        HEXADECIMAL,
        /// `#XX` for quotes, number signs and bytes outside 32 to 126; `-` for a value that is not there.
        NUMBER_SIGN,
        /// As in a JSON string.
        JSON,
        NONE
    }

    /// Where lines go.
    public sealed interface Target {
        /// Appended to; opened again on command.
        record File(Template path) implements Target {}

        record StandardError() implements Target {}

        record StandardOutput() implements Target {}

        /// @param server host:port of UDP, or unix:path
        /// @param processId whether the process's number stands behind the tag
        record Syslog(
                String server,
                SyslogFacility facility,
                LogLevel severity,
                String tag,
                boolean hostname,
                boolean processId)
                implements Target {
            /// Without the process's number.
            public Syslog(String server, SyslogFacility facility, LogLevel severity, String tag, boolean hostname) {
                this(server, facility, severity, tag, hostname, false);
            }
        }

        record Nowhere() implements Target {}
    }
}
