package dev.fairlead.engine.http;

import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.http.field.SpareFields;
import dev.fairlead.engine.tally.Tally;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// What happened at other servers on behalf of one request: one attempt for each server tried, for variables
/// and logs.
public final class UpstreamFacts {
    /// A time or count that is not known.
    public static final long UNKNOWN = -1;

    private final List<Attempt> attempts = new ArrayList<>();
    /// An attempt of an earlier request that nobody has anything to say of any more, to be used again.
    private @Nullable Attempt spare;
    private final Fields fields;
    private String bondFound = "-";
    private String bondGiven = "-";
    private String host = "";
    private String port = "";
    private String url = "";
    private long waited;
    private long waitedForServer;

    UpstreamFacts(SpareFields spare) {
        fields = new Fields(spare);
    }

    void clear() {
        if (attempts.size() == 1 && attempts.getFirst().isOver()) {
            spare = attempts.getFirst();
            spare.over(null, null);
        }
        attempts.clear();
        fields.clear();
        bondFound = "-";
        bondGiven = "-";
        host = "";
        port = "";
        url = "";
        waited = 0;
        waitedForServer = 0;
    }

    /// Requests that were given a server while this one waited, itself included; 0 if it did not wait.
    public long waited() {
        return waited;
    }

    /// The same while it waited for the server that it is bound to.
    public long waitedForServer() {
        return waitedForServer;
    }

    /// It stood in line.
    ///
    /// @param isBound for a server of its own
    /// @param others that were given a server meanwhile, itself included
    public void waited(boolean isBound, long others) {
        if (isBound) {
            waitedForServer += others;
        } else {
            waited += others;
        }
    }

    public List<Attempt> attempts() {
        return attempts;
    }

    /// The name of the server that was tried last; empty for none.
    public String lastServer() {
        return attempts.isEmpty() ? "" : attempts.getLast().server();
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
    /// @param load requests that it has at present
    public Attempt attempt(String address, String server, Tally tally, IntSupplier load) {
        Attempt attempt = spare;
        spare = null;
        if (attempt == null) {
            attempt = new Attempt(address, server, tally, load);
        } else {
            attempt.begin(address, server, tally, load);
        }
        attempts.add(attempt);
        return attempt;
    }

    /// Takes note of an attempt that was made elsewhere.
    public void add(Attempt attempt) {
        attempts.add(attempt);
    }

    /// What a cookie of the client said of the server, and what became of it in the answer, a letter each.
    public String bond() {
        return bondFound.concat(bondGiven);
    }

    public void bondFound(String letter) {
        bondFound = letter;
    }

    public void bondGiven(String letter) {
        bondGiven = letter;
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

    /// What went wrong with a server.
    public enum Trouble {
        NONE,
        /// It took too long.
        LATE,
        /// It did not speak HTTP.
        UNSOUND,
        /// It broke off.
        CUT
    }

    /// One server that was tried. Times are nanoseconds from the start of the attempt.
    public static final class Attempt {
        private String address;
        private String server;
        private @Nullable Tally tally;
        private @Nullable IntSupplier load;
        private @Nullable Channel channel;
        private @Nullable SslHandler tls;
        private int number;
        private int minorVersion = -1;
        private int status;
        private Trouble trouble = Trouble.NONE;
        private long startedNanos;
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
            this.load = null;
        }

        /// @param server the name that operators know it by
        /// @param tally what is counted for it
        /// @param load requests that it has at present
        public Attempt(String address, String server, Tally tally, IntSupplier load) {
            this.address = address;
            this.server = server;
            this.tally = tally;
            this.load = load;
        }

        /// Requests that the server has at present; 0 where there was none to be tried.
        public int load() {
            IntSupplier counted = load;
            return counted == null ? 0 : counted.getAsInt();
        }

        /// As if made anew.
        private void begin(String newAddress, String newServer, Tally newTally, IntSupplier newLoad) {
            address = newAddress;
            server = newServer;
            tally = newTally;
            load = newLoad;
            channel = null;
            tls = null;
            number = 0;
            minorVersion = -1;
            status = 0;
            trouble = Trouble.NONE;
            startedNanos = 0;
            connectNanos = UNKNOWN;
            headerNanos = UNKNOWN;
            responseNanos = UNKNOWN;
            responseLength = 0;
            bytesReceived = 0;
            bytesSent = 0;
        }

        /// Whether its server was done with, after which nothing more is noted.
        private boolean isOver() {
            return responseNanos != UNKNOWN;
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

        /// What connects us to it; null while nothing does.
        public @Nullable Channel channel() {
            return channel;
        }

        /// The TLS on that connection; null in the clear.
        public @Nullable SslHandler tls() {
            return tls;
        }

        public void over(@Nullable Channel connection, @Nullable SslHandler secured) {
            channel = connection;
            tls = secured;
        }

        /// The server's number among those of its group; 0 for none.
        public int number() {
            return number;
        }

        public void number(int value) {
            number = value;
        }

        /// Of HTTP/1 in its answer; negative while there is none.
        public int minorVersion() {
            return minorVersion;
        }

        public void minorVersion(int value) {
            minorVersion = value;
        }

        /// 0 while there was no answer.
        public int status() {
            return status;
        }

        public void status(int value) {
            status = value;
        }

        /// What went wrong there.
        public Trouble trouble() {
            return trouble;
        }

        public void trouble(Trouble value) {
            trouble = value;
        }

        /// On the monotonic clock.
        public long startedNanos() {
            return startedNanos;
        }

        public void started(long nanos) {
            startedNanos = nanos;
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
