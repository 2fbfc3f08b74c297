package dev.fairlead.engine.explain;

import dev.fairlead.engine.access.Zones;
import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Shared;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.ExchangeEntry;
import dev.fairlead.engine.http.NoBody;
import dev.fairlead.engine.http1.RequestReader;
import dev.fairlead.engine.log.Logs;
import dev.fairlead.engine.net.Loops;
import dev.fairlead.engine.route.Router;
import dev.fairlead.engine.stick.Tables;
import dev.fairlead.engine.stream.Preview;
import dev.fairlead.engine.stream.StreamEntry;
import dev.fairlead.engine.text.LiveLists;
import dev.fairlead.engine.text.ProcessVariables;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.engine.tls.LiveCertificates;
import dev.fairlead.engine.tls.Rehearsal;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.engine.upstream.Upstreams;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.source.Problems;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends requests through the router of a plan and tells what happened to them. Counters of limits begin anew, as
/// in a program that was just started; so do stick tables, lists and variables of a plan that does not run. Closed
/// when no longer needed.
public final class Explainer implements AutoCloseable {
    private static final long LONGEST_SECONDS = 30;
    private static final int NO_TLS = 497;

    private final Problems problems = new Problems();
    private final CompileContext context;
    private final CompileContext streamContext;
    private final Clock clock;
    private final Shared shared = new Shared();
    private final Optional<Shared> live;
    private final Loops loops = Loops.start(1);
    private final IdentityHashMap<HttpListener, ExchangeEntry> entries = new IdentityHashMap<>();
    private final IdentityHashMap<StreamListener, StreamEntry> streams = new IdentityHashMap<>();

    /// Of a plan that does not run: servers are as in a program that was just started.
    public Explainer(Plan plan, Clock clock) {
        this(plan, clock, Optional.empty());
    }

    /// Of a plan that runs. What runs is looked at and left as it is.
    ///
    /// @param live what its generations share: servers, tables, lists, variables
    public Explainer(Plan plan, Clock clock, Shared live) {
        this(plan, clock, Optional.of(live));
    }

    private Explainer(Plan plan, Clock clock, Optional<Shared> live) {
        this.live = live;
        var _ = shared.part(Logs.class, Logs::closed);
        Texts texts = new Texts(plan.http().variableSlots(), problems, shared, clock);
        this.clock = clock;
        this.context = new CompileContext(problems, shared, texts, clock, plan.applications());
        Texts streamTexts = new Texts(plan.stream().variableSlots(), problems, shared, clock);
        this.streamContext = new CompileContext(problems, shared, streamTexts, clock, List.of());
    }

    /// What keeps the listeners that were asked for from running.
    public Problems problems() {
        return problems;
    }

    /// What time it is for what is explained.
    public Instant now() {
        return Instant.ofEpochMilli(clock.wallMillis());
    }

    /// @param listener one of the plan's
    /// @return what happens to the connection; empty if there is no end within half a minute
    public Optional<List<Event>> explain(StreamListener listener, Arrival arrival) {
        StreamEntry entry = streams.computeIfAbsent(
                listener, one -> StreamEntry.previewer(streamContext).compile(one));
        live.ifPresent(this::assume);
        EventLoop loop = loops.all().getFirst();
        CompletableFuture<List<Event>> over = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                over.complete(Preview.of(entry, arrival, loop, clock));
            } catch (RuntimeException failed) {
                over.completeExceptionally(failed);
            }
        });
        return wait(over);
    }

    /// @param listener one of the plan's
    /// @param head request line and fields with the empty line behind them; characters are bytes
    /// @return what happened in the end; empty if there is no end within half a minute
    public Optional<List<Event>> explain(HttpListener listener, Arrival arrival, byte[] head) {
        ExchangeEntry entry = entry(listener);
        EventLoop loop = loops.all().getFirst();
        Onlooker onlooker = new Onlooker();
        loop.execute(() -> {
            Exchange exchange = new Exchange(onlooker, arrival, NoBody.HERE, loop);
            exchange.tracer(onlooker);
            new RequestReader(loop, clock).read(head, exchange, entry);
        });
        return wait(onlooker.over());
    }

    /// What a listener and a client of today agree on.
    ///
    /// @param protocols what is offered by ALPN, best first; empty for none
    /// @param serverName that the client asks for; empty for none
    public Rehearsal.Outcome handshake(TlsServer tls, List<String> protocols, String serverName) {
        return new Rehearsal(live.map(running -> running.part(LiveCertificates.class, LiveCertificates::new)))
                .of(tls, protocols, serverName);
    }

    /// What becomes of a connection on which no TLS is spoken where it should be.
    public Optional<List<Event>> refusePlain(HttpListener listener, Arrival arrival) {
        return entry(listener).headReading().plainAnswered()
                ? refuse(listener, arrival, NO_TLS, "client sent plain HTTP request to HTTPS port")
                : Optional.of(List.of(new Event.BrokenOff()));
    }

    /// What becomes of a connection on which no request can be made out.
    ///
    /// @param status the carrier's own, before error pages
    public Optional<List<Event>> refuse(HttpListener listener, Arrival arrival, int status, String reason) {
        ExchangeEntry entry = entry(listener);
        EventLoop loop = loops.all().getFirst();
        Onlooker onlooker = new Onlooker();
        loop.execute(() -> {
            Exchange exchange = new Exchange(onlooker, arrival, NoBody.HERE, loop);
            exchange.tracer(onlooker);
            exchange.clear();
            exchange.started();
            entry.refuse(exchange, status, reason);
        });
        return wait(onlooker.over());
    }

    private ExchangeEntry entry(HttpListener listener) {
        ExchangeEntry entry = entries.computeIfAbsent(listener, one -> Router.compile(one, context));
        live.ifPresent(this::assume);
        return entry;
    }

    /// What was compiled so far is from here on as it is in the program that runs.
    private void assume(Shared running) {
        shared.part(Upstreams.class, Upstreams::new).assume(running.part(Upstreams.class, Upstreams::new));
        shared.part(Zones.class, Zones::new).assume(running.part(Zones.class, Zones::new));
        shared.part(Tables.class, Tables::new).assume(running.part(Tables.class, Tables::new));
        shared.part(LiveLists.class, LiveLists::new).assume(running.part(LiveLists.class, LiveLists::new));
        shared.part(ProcessVariables.class, ProcessVariables::new)
                .assume(running.part(ProcessVariables.class, ProcessVariables::new));
    }

    private static Optional<List<Event>> wait(CompletableFuture<List<Event>> over) {
        try {
            return Optional.of(over.get(LONGEST_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException | ExecutionException endless) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        loops.close();
    }
}
