package dev.fairlead.engine.http;

import dev.fairlead.engine.connection.ConnectionInfo;
import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.http.field.SpareFields;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.engine.trace.Tracer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request and its response, on one event loop. Reused for the next request of the connection.
///
/// A handler answers like this: fill [#response()], call [#respond()], write to [#output()], end it.
public final class Exchange {
    private static final Fields NO_TRAILERS = new Fields(0);

    private final Carrier carrier;
    private final ConnectionInfo connection;
    private final RequestBody body;
    private final EventLoop loop;
    private final RequestHead head;
    private final Response response;
    private final Values values;
    private final UpstreamFacts upstream;
    private final Counters counters = new Counters();
    private BodyOutput output;
    private Peer client;
    private String path = "";
    private String query = "";
    private boolean pathChanged;
    private @Nullable String replacedTarget;
    private @Nullable String sentPath;
    private boolean isPathReplacedHere;
    private boolean isInternal;
    private int errorStatus;
    private @Nullable Place place;
    private @Nullable Runnable onWritable;
    private @Nullable Runnable onClientGone;
    private @Nullable Object handlerState;
    private @Nullable RequestBody begunBody;
    private @Nullable KeptBody keptBody;
    private boolean isBodyTaken;
    private boolean isLogged;
    private @Nullable Object routing;
    private @Nullable RequestWatch watch;
    private @Nullable ContentHandler refusal;
    private @Nullable Fields kept;
    private @Nullable Tally front;
    private @Nullable Tally back;
    private @Nullable Tracer tracer;
    private boolean isInner;

    /// For carriers that answer one request.
    public Exchange(Carrier carrier, ConnectionInfo connection, RequestBody body, EventLoop loop) {
        this(carrier, connection, body, loop, SpareFields.NONE);
    }

    /// For carriers: one exchange for each connection, or stream.
    ///
    /// @param spare storage for fields, that of the loop
    public Exchange(Carrier carrier, ConnectionInfo connection, RequestBody body, EventLoop loop, SpareFields spare) {
        this(carrier, connection, body, loop, spare, new Values());
    }

    /// A request of our own on behalf of another one: with its client, its fields and its variables, by GET. No
    /// filter of responses sees what is answered to it, and no log.
    public Exchange(Exchange outer, Carrier carrier) {
        this(carrier, outer, NoBody.HERE, outer.values);
        head.beginWithin(outer.head);
    }

    private Exchange(Carrier carrier, Exchange outer, RequestBody body, Values values) {
        this(carrier, outer.connection, body, outer.loop, SpareFields.NONE, values);
        isInner = true;
        client = outer.client;
        response.clear();
    }

    /// The same by the other one's method, with variables of its own: it may be there for longer.
    ///
    /// @param kept its body, owned by the copy; null for none
    public static Exchange copyOf(Exchange outer, Carrier carrier, @Nullable KeptBody kept) {
        RequestBody body = kept == null ? NoBody.HERE : NoBody.TAKEN;
        Exchange copy = new Exchange(carrier, outer, body, outer.values.copy());
        copy.head.beginCopy(outer.head, kept != null);
        copy.keptBody = kept;
        return copy;
    }

    private Exchange(
            Carrier carrier,
            ConnectionInfo connection,
            RequestBody body,
            EventLoop loop,
            SpareFields spare,
            Values values) {
        this.values = values;
        this.head = new RequestHead(spare);
        this.response = new Response(spare);
        this.upstream = new UpstreamFacts(spare);
        this.carrier = carrier;
        this.connection = connection;
        this.body = body;
        this.loop = loop;
        this.output = carrier;
        this.client = Peer.UNIX;
    }

    /// For carriers: forgets the last request. The head is filled next, then [#started].
    public void clear() {
        head.begin();
        response.clear();
        values.clear();
        upstream.clear();
        counters.clear();
        output = carrier;
        client = connection.remote();
        path = "";
        query = "";
        pathChanged = false;
        replacedTarget = null;
        sentPath = null;
        isPathReplacedHere = false;
        isInternal = false;
        errorStatus = 0;
        place = null;
        onWritable = null;
        onClientGone = null;
        handlerState = null;
        isBodyTaken = false;
        isLogged = false;
        begunBody = null;
        refusal = null;
        kept = null;
        back = null;
    }

    /// For carriers: no request is here, and the next one may be a long time coming. What fields were stored in
    /// is given back, so they are not there any more.
    public void rest() {
        head.fields().rest();
        response.rest();
        upstream.fields().rest();
    }

    /// What is counted for the listener; null if it is not.
    public @Nullable Tally front() {
        return front;
    }

    /// For carriers, before each request.
    public void front(@Nullable Tally tally) {
        front = tally;
    }

    /// What is counted for the part that the request was given to; null if it is not.
    public @Nullable Tally back() {
        return back;
    }

    /// The request is given to a part that is counted.
    public void enter(Tally tally) {
        Tally before = back;
        if (front != null && before != tally) {
            if (before != null) {
                before.leave();
            }
            back = tally;
            tally.enter();
        }
    }

    /// For carriers: the head is complete.
    public void started() {
        path = head.target().path();
        query = head.target().query();
        if (watch != null) {
            watch.began(this);
        }
    }

    /// What counts the requests of the connection. It stays for its next request.
    public @Nullable RequestWatch watch() {
        return watch;
    }

    public void watch(@Nullable RequestWatch value) {
        watch = value;
    }

    /// Who looks on; null for the requests of clients. Stays for all requests of the exchange.
    public @Nullable Tracer tracer() {
        return tracer;
    }

    /// For carriers that explain requests instead of answering them.
    public void tracer(Tracer value) {
        tracer = value;
    }

    public RequestHead head() {
        return head;
    }

    public RequestBody body() {
        RequestBody present = begunBody;
        return present == null ? body : present;
    }

    /// What has been taken in of the body stands in front of what still comes: whoever reads it next gets both.
    public void beginBody(RequestBody begun) {
        begunBody = begun;
    }

    public Response response() {
        return response;
    }

    public ConnectionInfo connection() {
        return connection;
    }

    public Carrier carrier() {
        return carrier;
    }

    public EventLoop loop() {
        return loop;
    }

    public Values values() {
        return values;
    }

    public UpstreamFacts upstream() {
        return upstream;
    }

    public Counters counters() {
        return counters;
    }

    /// Who the request is from: the connection's other end, or whom a trusted proxy named.
    public Peer client() {
        return client;
    }

    public void client(Peer value) {
        client = value;
    }

    /// Decoded and normalised, as rules changed it.
    public String path() {
        return path;
    }

    /// As received, or as rules changed it; without the question mark.
    public String query() {
        return query;
    }

    /// Replaces the path. An upstream then gets to see the new one, encoded again.
    public void path(String value) {
        path = value;
        targetChanged(null);
    }

    public void query(String value) {
        query = value;
        targetChanged(null);
    }

    /// Replaces path and query by what is sent on byte for byte.
    ///
    /// @param raw with its escapes
    /// @param newPath the same path, decoded
    public void replaceTarget(String raw, String newPath, String newQuery) {
        path = newPath;
        query = newQuery;
        targetChanged(raw);
    }

    private void targetChanged(@Nullable String raw) {
        pathChanged = true;
        replacedTarget = raw;
        sentPath = null;
    }

    public boolean isTargetReplaced() {
        return replacedTarget != null;
    }

    /// The path in front of the query in [#sentTarget()]. The same text each time it is asked for.
    public String sentPath() {
        String known = sentPath;
        if (known == null) {
            String sent = sentTarget();
            int mark = sent.indexOf('?');
            known = mark < 0 ? sent : sent.substring(0, mark);
            sentPath = known;
        }
        return known;
    }

    /// Path and query with their escapes: as received, unless rules replaced them.
    public String sentTarget() {
        String replaced = replacedTarget;
        if (replaced != null) {
            return replaced;
        }
        if (!pathChanged) {
            return head.target().rawPathAndQuery();
        }
        return query.isEmpty() ? path : path + "?" + query;
    }

    /// Whether path or query are no longer those the client sent.
    public boolean isPathChanged() {
        return pathChanged;
    }

    /// Whether rules of the present location replaced the path without looking for a location again: the path
    /// then no longer has to do with the location's prefix.
    public boolean isPathReplacedHere() {
        return isPathReplacedHere;
    }

    public void markPathReplacedHere() {
        isPathReplacedHere = true;
    }

    /// Whether an internal redirect led here.
    public boolean isInternal() {
        return isInternal;
    }

    public void markInternal() {
        isInternal = true;
    }

    /// The status of the error whose page is being shown; 0 if none is.
    public int errorStatus() {
        return errorStatus;
    }

    public void errorStatus(int status) {
        errorStatus = status;
    }

    /// Where the request is at present.
    ///
    /// @throws IllegalStateException before the router has seen it
    public Place place() {
        Place present = place;
        if (present == null) {
            throw new IllegalStateException("not routed yet");
        }
        return present;
    }

    public boolean isRouted() {
        return place != null;
    }

    public void place(Place value) {
        place = value;
    }

    /// What the present handler wants to find again in its callbacks; cleared with the request.
    public @Nullable Object handlerState() {
        return handlerState;
    }

    public void handlerState(@Nullable Object state) {
        handlerState = state;
    }

    /// Whether a handler has begun to read the request's body; it cannot be read again.
    public boolean isBodyTaken() {
        return isBodyTaken;
    }

    public void markBodyTaken() {
        isBodyTaken = true;
    }

    /// The request's body, if a handler took it in whole: for the handlers that come after it. Belongs to the
    /// exchange, which releases it in the end.
    public @Nullable KeptBody keptBody() {
        return keptBody;
    }

    public void keepBody(KeptBody body) {
        KeptBody before = keptBody;
        keptBody = body;
        if (before != null) {
            before.release();
        }
    }

    /// Whether a line of the log that does not wait for the end was written.
    public boolean isLogged() {
        return isLogged;
    }

    public void markLogged() {
        isLogged = true;
    }

    /// What the router keeps for this exchange. It stays for the next request of the connection.
    public @Nullable Object routing() {
        return routing;
    }

    public void routing(Object value) {
        routing = value;
    }

    /// The head of the answer is put together: filters see it, then it is sent, or waits for the first of the
    /// body. While the page of an error is shown, the answer has the error's status.
    public void respond() {
        if (errorStatus != 0 && errorStatus != response.status()) {
            response.status(errorStatus);
        }
        List<HeadFilter> filters = isInner ? List.of() : place().filters();
        for (int i = 0; i < filters.size(); i++) {
            filters.get(i).apply(this);
            ContentHandler instead = refusal;
            if (instead != null) {
                output = new Refused(this, instead);
                refusal = null;
                return;
            }
        }
        response.beLate(this);
        response.markStarted();
        carrier.head(this);
        place().begun(this);
    }

    /// The client was told that the protocol is switched ([Carrier#tunnel]).
    public void switched() {
        response.markStarted();
        place().begun(this);
    }

    /// Sends the answer that was put together, with this body, whole.
    ///
    /// @param data owned by the exchange
    public void respondWith(ByteBuf data) {
        response.contentLength(data.readableBytes());
        respond();
        output.data(data);
        end();
    }

    /// Sends the answer that was put together, with an empty body.
    public void respondEmpty() {
        response.contentLength(0);
        respond();
        end();
    }

    /// Where the body goes.
    public BodyOutput output() {
        return output;
    }

    /// For filters, while their head is applied.
    public void replaceOutput(BodyOutput filter) {
        output = filter;
    }

    /// For filters, while their head is applied: this answer is not sent. What its handler writes is dropped, and
    /// when the handler has ended it, the error is answered instead.
    public void refuse(int status) {
        refuse(refused -> refused.fail(status));
    }

    /// The same, with another answer.
    ///
    /// @param instead gives it
    public void refuse(ContentHandler instead) {
        refusal = instead;
    }

    /// A refused answer has ended.
    void answerInstead(ContentHandler instead) {
        if (response.isStarted()) {
            carrier.abort();
        } else {
            output = carrier;
            instead.handle(this);
        }
    }

    /// The same; the fields put on the refused answer go on the error as well, see [#keptFields()].
    public void refuseKeepingFields(int status) {
        refuse(status);
        kept = response.fields().copy();
    }

    /// What a refused answer leaves to the error that is sent instead.
    public @Nullable Fields keptFields() {
        return kept;
    }

    /// The body is complete, without trailers.
    public void end() {
        output.end(NO_TRAILERS);
        output.flush();
    }

    /// Answers with an error page. Once the head is out there is only breaking off: then the connection is
    /// aborted.
    public void fail(int status) {
        if (response.isStarted()) {
            carrier.abort();
        } else {
            output = carrier;
            place().fail(this, status);
        }
    }

    /// Answers with a redirect of the server's own making.
    ///
    /// @param location a path (encoded, with its query) or an absolute URL
    public void redirectClient(int status, String location) {
        output = carrier;
        place().redirectClient(this, status, location);
    }

    /// Goes on with another path of the same virtual host, as if the client had asked for it.
    public void redirectTo(String newPath, String newQuery) {
        path(newPath);
        query(newQuery);
        isPathReplacedHere = false;
        isInternal = true;
        output = carrier;
        place().redirect(this);
    }

    /// Goes on in a named location of the same virtual host.
    public void enterNamed(String name) {
        isInternal = true;
        output = carrier;
        place().enterNamed(this, name);
    }

    public boolean isWritable() {
        return carrier.isWritable();
    }

    /// @param action run when the client can take more again; replaces the last one
    public void onWritable(@Nullable Runnable action) {
        onWritable = action;
    }

    /// @param action run once when the client is gone before the answer is complete; replaces the last one
    public void onClientGone(@Nullable Runnable action) {
        onClientGone = action;
    }

    /// For carriers.
    public void writable() {
        Runnable action = onWritable;
        if (action != null) {
            action.run();
        }
    }

    /// For carriers: whether someone wants to know when the client is gone.
    public boolean isClientWatched() {
        return onClientGone != null;
    }

    /// For carriers.
    public void clientGone() {
        Runnable action = onClientGone;
        onClientGone = null;
        if (action != null) {
            action.run();
        }
    }

    /// For carriers: the last byte was handed to the kernel, or the connection was lost. The place of an inner
    /// request does not hear of it.
    public void ended() {
        output.release();
        if (front != null) {
            Reckoning.of(this);
        }
        if (place != null && !isInner) {
            place.ended(this);
        }
        if (watch != null) {
            watch.ended(this);
        }
        KeptBody kept = keptBody;
        if (kept != null) {
            keptBody = null;
            kept.release();
        }
    }

    /// For carriers: the client's connection is closed.
    public void connectionEnded() {
        if (watch != null) {
            watch.connectionEnded();
        }
    }
}
