package dev.fairlead.bench.micro;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.ExchangeEntry;
import dev.fairlead.engine.http1.RequestFeed;
import dev.fairlead.engine.route.Router;
import dev.fairlead.model.plan.Plan;
import io.netty.buffer.ByteBuf;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// A small head through parser and router to a fixed answer of 204, with ever more to choose from. Requests ask
/// for 256 of the choices in turn, far apart from each other.
@State(Scope.Thread)
public class Routing {
    private static final int ASKED = 256;
    /// Prime to every number of choices, so that all are met.
    private static final int STRIDE = 7_919;

    @Param({"10", "100", "1000", "10000"})
    public int choices;

    @Param({"hosts", "locations"})
    public String among = "";

    private final ByteBuf[] heads = new ByteBuf[ASKED];
    private final RequestFeed feed = new RequestFeed(Samples.READING);
    private int next;

    @SuppressWarnings("NullAway.Init") // before the first operation
    private ExchangeEntry router;

    @Setup
    public void prepare() {
        boolean hosts = among.equals("hosts");
        String text = hosts
                ? all(n -> "server { listen 80; server_name www" + n + ".example; location / { return 204; } }\n")
                : "server { listen 80; location / { return 204; }\n"
                        + all(n -> "location /part" + n + "/ { return 204; }\n") + "}";
        Plan plan = Samples.plan(text);
        router = Router.compile(Samples.listener(plan), Samples.context(plan));
        for (int i = 0; i < ASKED; i++) {
            int n = (int) ((long) i * STRIDE % choices);
            heads[i] = hosts
                    ? Samples.small("www" + n + ".example", "/")
                    : Samples.small("www.example", "/part" + n + "/x");
        }
    }

    private String all(IntFunction<String> one) {
        return IntStream.range(0, choices).mapToObj(one).collect(Collectors.joining());
    }

    @Benchmark
    public int route() {
        next = next + 1 & ASKED - 1;
        Exchange exchange = feed.parse(heads[next]);
        router.handle(exchange);
        return exchange.response().status();
    }
}
