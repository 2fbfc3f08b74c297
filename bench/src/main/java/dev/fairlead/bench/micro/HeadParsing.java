package dev.fairlead.bench.micro;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http1.RequestFeed;
import io.netty.buffer.ByteBuf;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The HTTP/1 parser, from the bytes of a head to the exchange that handlers see.
@State(Scope.Thread)
public class HeadParsing {
    @Param({"small", "browser"})
    public String head = "";

    private final RequestFeed feed = new RequestFeed(Samples.READING);

    @SuppressWarnings("NullAway.Init") // before the first operation
    private ByteBuf bytes;

    @Setup
    public void prepare() {
        bytes = head.equals("small")
                ? Samples.small("www.example", "/")
                : Samples.browser("www.example", "/articles/2026/rope?page=2");
    }

    @Benchmark
    public Exchange parse() {
        return feed.parse(bytes);
    }
}
