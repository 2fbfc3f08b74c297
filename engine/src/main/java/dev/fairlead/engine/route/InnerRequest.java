package dev.fairlead.engine.route;

import dev.fairlead.engine.http.Carrier;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.KeptBody;
import dev.fairlead.engine.http.OpenFile;
import dev.fairlead.engine.http.Tunnel;
import dev.fairlead.engine.http.field.Fields;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/// A request that we make of ourselves on behalf of a client's, while that one waits. It goes the usual way through
/// the same virtual host, limits that were judged and access apart; the body of its answer is dropped.
final class InnerRequest implements Carrier {
    private static final int FAILED = 500;

    private final Exchange exchange;
    private final @Nullable MatchResult match;
    private final Consumer<Exchange> answered;
    private boolean isOver;

    private InnerRequest(Exchange outer, Consumer<Exchange> answered) {
        this.exchange = new Exchange(outer, this);
        this.match = outer.values().match();
        this.answered = answered;
    }

    private InnerRequest(Exchange outer, @Nullable KeptBody body, Runnable answered) {
        this.exchange = Exchange.copyOf(outer, this, body);
        this.match = null;
        this.answered = inner -> answered.run();
    }

    /// @param path of the virtual host; places that are for internal requests alone are open to it
    /// @param answered is given the inner exchange when its answer is complete, on the loop and never before this
    ///     returns; what it knows of its answer is there during the call
    static InnerRequest send(Site site, Exchange outer, String path, Consumer<Exchange> answered) {
        InnerRequest request = new InnerRequest(outer, answered);
        request.begin(site, outer, path, "");
        return request;
    }

    /// The same with all that the client's request has, but for its path, and for nobody who waits: that request
    /// goes on at once, and may be over first.
    ///
    /// @param body taken in of the other one; the copy's from here on. Null for none
    /// @param answered is told when the answer is complete
    static void sendCopy(Site site, Exchange outer, String path, @Nullable KeptBody body, Runnable answered) {
        InnerRequest request = new InnerRequest(outer, body, answered);
        request.begin(site, outer, path, outer.query());
    }

    private void begin(Site site, Exchange outer, String path, String query) {
        Passage.begin(exchange).within(Passage.of(outer));
        exchange.values().unmatched();
        exchange.path(path);
        exchange.query(query);
        exchange.markInternal();
        exchange.place(site.root());
        Phases.guard(exchange, () -> Phases.rewrite(site, exchange));
    }

    /// Nobody waits for the answer any more.
    void cancel() {
        if (!isOver) {
            isOver = true;
            exchange.clientGone();
            letGo();
        }
    }

    private void over() {
        if (!isOver) {
            isOver = true;
            exchange.loop().execute(this::tell);
        }
    }

    private void tell() {
        exchange.values().matchAgain(match);
        answered.accept(exchange);
        letGo();
    }

    private void letGo() {
        Passage.of(exchange).release();
        exchange.ended();
    }

    // The answer.

    @Override
    public void head(Exchange of) {}

    @Override
    public void interim(int status, Fields fields) {}

    @Override
    public void data(ByteBuf data) {
        data.release();
    }

    @Override
    public void file(OpenFile file, long offset, long length) {
        file.release();
    }

    @Override
    public void end(Fields trailers) {
        over();
    }

    @Override
    public void flush() {}

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void abort() {
        if (!exchange.response().isStarted()) {
            exchange.response().status(FAILED);
        }
        over();
    }

    /// There is nobody to speak another protocol with.
    @Override
    public Raw tunnel(Exchange of, Tunnel tunnel) {
        of.loop().execute(tunnel::closed);
        over();
        return new Deaf();
    }

    private static final class Deaf implements Raw {
        @Override
        public void write(ByteBuf data) {
            data.release();
        }

        @Override
        public void flush() {}

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void reading(boolean on) {}

        @Override
        public void closeOutput() {}

        @Override
        public void close() {}
    }
}
