package dev.fairlead.engine.http;

import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.http.field.SpareFields;
import org.jspecify.annotations.Nullable;

/// The head of a response while it is put together. What has a member here is not in [#fields()]: Content-Length,
/// Content-Type, Last-Modified; and Date, Server, Connection, Keep-Alive and Transfer-Encoding, which the
/// carrier writes.
public final class Response {
    /// A length, or a time, that is not known.
    public static final long UNKNOWN = -1;

    private final Fields fields;
    private final Fields carried;
    private String carriedContentType = "";
    private int status;
    private String reason = "";
    private long contentLength;
    private long lastModified;
    private String contentType = "";
    private boolean acceptsRanges;
    private boolean isConditional;
    private boolean closesConnection;
    private boolean isStarted;
    private boolean isOwn;
    private long bytesPerSecond;
    private long fastStartBytes;
    private @Nullable String serverField;
    private boolean hidesServer;
    private @Nullable HeadFilter late;
    private @Nullable HeadFilter coding;

    Response(SpareFields spare) {
        fields = new Fields(spare);
        carried = new Fields(spare);
    }

    /// Its fields are of no interest any more.
    void rest() {
        fields.rest();
        carried.rest();
    }

    void clear() {
        fields.clear();
        carried.clear();
        carriedContentType = "";
        closesConnection = false;
        bytesPerSecond = 0;
        fastStartBytes = 0;
        isStarted = false;
        begin(200);
    }

    /// Forgets what was put together so far, for another attempt at an answer.
    ///
    /// @throws IllegalStateException if the head was already sent
    public Response begin(int status) {
        if (isStarted) {
            throw new IllegalStateException("the response has started");
        }
        fields.clear();
        for (int field = 0; field < carried.size(); field++) {
            fields.addFrom(carried, field);
        }
        this.status = status;
        reason = "";
        contentLength = UNKNOWN;
        lastModified = UNKNOWN;
        contentType = carriedContentType;
        acceptsRanges = false;
        isConditional = true;
        isOwn = false;
        serverField = null;
        hidesServer = false;
        late = null;
        coding = null;
        return this;
    }

    /// What is done to the head behind the rules for answers of servers and before those for all answers.
    public void late(HeadFilter value) {
        late = value;
    }

    /// Does it, unless it was done.
    public void beLate(Exchange exchange) {
        HeadFilter filter = late;
        if (filter != null) {
            late = null;
            filter.apply(exchange);
        }
    }

    /// What compresses the answer, chosen before rules change its head and done behind them.
    public void coding(HeadFilter value) {
        coding = value;
    }

    /// Does it, if it was chosen.
    public void encode(Exchange exchange) {
        HeadFilter filter = coding;
        if (filter != null) {
            coding = null;
            filter.apply(exchange);
        }
    }

    /// Puts a field of an answer that is not sent on whatever answer is given instead: the challenge of a 401
    /// that is shown by an error page, the cookies of an answer that names a file to be sent.
    public void carry(Fields from, int field) {
        carried.addFrom(from, field);
    }

    /// The content type of such an answer; each [#begin] starts with it.
    public void carryContentType(String value) {
        carriedContentType = value;
    }

    public Fields fields() {
        return fields;
    }

    public int status() {
        return status;
    }

    public void status(int value) {
        status = value;
        reason = "";
    }

    /// The reason phrase an upstream sent; empty for the usual one of the status.
    public String reason() {
        return reason;
    }

    public void reason(String value) {
        reason = value;
    }

    /// Bytes of the body, or [#UNKNOWN].
    public long contentLength() {
        return contentLength;
    }

    public void contentLength(long value) {
        contentLength = value;
    }

    /// Seconds since 1970, or [#UNKNOWN] for no Last-Modified field.
    public long lastModified() {
        return lastModified;
    }

    public void lastModified(long seconds) {
        lastModified = seconds;
    }

    /// Parameters included; empty for no Content-Type field.
    public String contentType() {
        return contentType;
    }

    public void contentType(String value) {
        contentType = value;
    }

    /// Whether ranges may be cut from the body.
    public boolean acceptsRanges() {
        return acceptsRanges;
    }

    public void acceptsRanges(boolean value) {
        acceptsRanges = value;
    }

    /// Whether the request's conditions (If-None-Match and the like) are judged here. True at first; to be set to
    /// false for the answer of an upstream, which has judged them itself.
    public boolean isConditional() {
        return isConditional;
    }

    public void conditional(boolean value) {
        isConditional = value;
    }

    /// Whether the connection ends behind this response. Once set it stays, whatever answer is given in the end.
    public boolean closesConnection() {
        return closesConnection;
    }

    public void closeConnection() {
        closesConnection = true;
    }

    /// Replaces the Server field, as when an upstream's is passed; empty for the program's own.
    public String serverField() {
        return serverField == null ? "" : serverField;
    }

    public void serverField(String value) {
        serverField = value;
    }

    /// Whether there is no Server field at all.
    public boolean hidesServer() {
        return hidesServer;
    }

    public void hideServer(boolean value) {
        hidesServer = value;
    }

    /// How fast the body is sent at most; 0 for no limit. Stays when the answer is begun again.
    public long bytesPerSecond() {
        return bytesPerSecond;
    }

    /// What is sent before that limit holds.
    public long fastStartBytes() {
        return fastStartBytes;
    }

    /// @param bytesPerSecond 0 for no limit
    /// @param fastStartBytes what is sent before the limit holds
    public void limitRate(long bytesPerSecond, long fastStartBytes) {
        this.bytesPerSecond = bytesPerSecond;
        this.fastStartBytes = fastStartBytes;
    }

    /// Whether it is one of our own making: an error, a redirect, what rules answer.
    public boolean isOwn() {
        return isOwn;
    }

    public void markOwn() {
        isOwn = true;
    }

    public boolean isStarted() {
        return isStarted;
    }

    void markStarted() {
        isStarted = true;
    }
}
