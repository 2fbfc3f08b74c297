package dev.fairlead.engine.http;

import dev.fairlead.engine.tally.Tally;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened at other servers on behalf of one request: one attempt for each server tried, for variables
/// and logs.
public final class UpstreamFacts {
    /// A time or count that is not known.
    public static final long UNKNOWN = -1;

    private final List<Attempt> attempts = new ArrayList<>();
    private final Fields fields = new Fields(1024);
    private String host = "";
    private String port = "";
    private String url = "";

    void clear() {
        attempts.clear();
        fields.clear();
        host = "";
        port = "";
        url = "";
    }

    public List<Attempt> attempts() {
        return attempts;
    }

    /// Starts a new attempt.
    public Attempt attempt(String address) {
        Attempt attempt = new Attempt(address);
        attempts.add(attempt);
        return attempt;
    }

    /// Starts a new attempt at a server that operators know by a name.
    ///
    /// @param tally what is counted for the server
    public Attempt attempt(String address, String server, Tally tally) {
        Attempt attempt = new Attempt(address, server, tally);
        attempts.add(attempt);
        return attempt;
    }

    /// Takes note of an attempt that was made elsewhere.
    public void add(Attempt attempt) {
        attempts.add(attempt);
    }

    /// The header fields of the last answer, as they came.
    public Fields fields() {
        return fields;
    }

    /// The host of the configuration's URL, with its port if one was written.
    public String host() {
        return host;
    }

    public String port() {
        return port;
    }

    /// The URL that was last asked for, as the error log shows it; empty while nothing went wrong.
    public String url() {
        return url;
    }

    public void url(String value) {
        url = value;
    }

    public void target(String host, String port) {
        this.host = host;
        this.port = port;
    }

    /// One server that was tried. Times are nanoseconds from the start of the attempt.
    public static final class Attempt {
        private final String address;
        private final String server;
        private final @Nullable Tally tally;
        private int status;
        private long connectNanos = UNKNOWN;
        private long headerNanos = UNKNOWN;
        private long responseNanos = UNKNOWN;
        private long responseLength;
        private long bytesReceived;
        private long bytesSent;

        public Attempt(String address) {
            this.address = address;
            this.server = "";
            this.tally = null;
        }

        /// @param server the name that operators know it by
        /// @param tally what is counted for it
        public Attempt(String address, String server, Tally tally) {
            this.address = address;
            this.server = server;
            this.tally = tally;
        }

        /// The name that operators know the server by; empty where there was none to be tried.
        public String server() {
            return server;
        }

        /// What is counted for the server; null where there was none to be tried.
        public @Nullable Tally tally() {
            return tally;
        }

        public String address() {
            return address;
        }

        /// 0 while there was no answer.
        public int status() {
            return status;
        }

        public void status(int value) {
            status = value;
        }

        public long connectNanos() {
            return connectNanos;
        }

        public void connected(long nanos) {
            connectNanos = nanos;
        }

        public long headerNanos() {
            return headerNanos;
        }

        public void headerReceived(long nanos) {
            headerNanos = nanos;
        }

        public long responseNanos() {
            return responseNanos;
        }

        public void ended(long nanos) {
            responseNanos = nanos;
        }

        /// Bytes of the body.
        public long responseLength() {
            return responseLength;
        }

        public void addBody(long bytes) {
            responseLength += bytes;
        }

        public long bytesReceived() {
            return bytesReceived;
        }

        public void addReceived(long bytes) {
            bytesReceived += bytes;
        }

        public long bytesSent() {
            return bytesSent;
        }

        public void addSent(long bytes) {
            bytesSent += bytes;
        }
    }
}
