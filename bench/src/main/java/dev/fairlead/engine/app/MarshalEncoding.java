package dev.fairlead.engine.app;

import dev.fairlead.bench.micro.Samples;
import dev.fairlead.engine.app.environ.RequestEncoder;
import dev.fairlead.engine.app.environ.ToldVariables;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http1.RequestFeed;
import dev.fairlead.model.app.Application;
import dev.fairlead.model.app.RequestView;
import dev.fairlead.model.app.WorkerKind;
import dev.fairlead.model.app.WorkerTimeouts;
import dev.fairlead.source.Span;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// A request as workers get it: the environ or scope in Python's marshal format.
@State(Scope.Thread)
public class MarshalEncoding {
    @Param({"SYNC", "ASGI"})
    public WorkerKind kind = WorkerKind.SYNC;

    @Param({"small", "browser"})
    public String head = "";

    private final ByteBuf out = Samples.room(8192);
    private final ToldVariables told = new ToldVariables();

    @SuppressWarnings("NullAway.Init") // before the first operation
    private RequestEncoder encoder;

    @SuppressWarnings("NullAway.Init") // before the first operation
    private Exchange exchange;

    @Setup
    public void prepare() {
        encoder = RequestEncoder.of(application());
        exchange = new RequestFeed(Samples.READING)
                .parse(
                        head.equals("small")
                                ? Samples.small("www.example", "/")
                                : Samples.browser("www.example", "/articles/2026/rope?page=2"));
    }

    private Application application() {
        return new Application(
                "app",
                "app:application",
                kind,
                1,
                1,
                1000,
                false,
                new Application.Surroundings(
                        Optional.empty(),
                        "/",
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty()),
                Application.Recycling.NEVER,
                WorkerTimeouts.DEFAULT,
                Optional.empty(),
                Application.WaitingRoom.DEFAULT,
                RequestView.DEFAULT,
                Map.of(),
                Optional.empty(),
                Span.builtIn());
    }

    @Benchmark
    public int encode() {
        out.clear();
        encoder.encode(exchange, Unpooled.EMPTY_BUFFER, 0, told, out);
        return out.writerIndex();
    }
}
