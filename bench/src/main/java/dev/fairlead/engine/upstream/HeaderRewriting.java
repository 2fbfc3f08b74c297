package dev.fairlead.engine.upstream;

import dev.fairlead.bench.micro.Samples;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.http1.RequestFeed;
import dev.fairlead.engine.upstream.answer.ResponseHead;
import dev.fairlead.engine.upstream.answer.TextCache;
import dev.fairlead.model.plan.Plan;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What a proxy does with heads: writes that of a browser's request to another server with the fields of a usual
/// configuration, and reads that server's answer.
@State(Scope.Thread)
public class HeaderRewriting {
    private static final String LOCATION = "server { listen 80; location / { proxy_pass http://127.0.0.1:81;"
            + " proxy_http_version 1.1; proxy_set_header Connection \"\"; proxy_set_header Host $host;"
            + " proxy_set_header X-Real-IP $remote_addr; proxy_set_header X-Forwarded-Proto $scheme;"
            + " proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; } }";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Sat, 21 Nov 2026 18:00:00 GMT\r\n"
            + "Content-Type: text/html; charset=utf-8\r\nContent-Length: 1024\r\nConnection: keep-alive\r\n"
            + "Last-Modified: Sat, 21 Nov 2026 17:00:00 GMT\r\nETag: \"6b01e20a-400\"\r\nAccept-Ranges: bytes\r\n\r\n";
    private static final int MOST = 8192;

    private final ByteBuf out = Samples.room(4096);
    private final ByteBuf answer = Samples.head(ANSWER);
    private final ResponseHead head = new ResponseHead();
    private final Fields fields = new Fields(1024);
    private final TextCache texts = new TextCache();

    @SuppressWarnings("NullAway.Init") // before the first operation
    private RequestHeadWriter writer;

    @SuppressWarnings("NullAway.Init") // before the first operation
    private Exchange exchange;

    @Setup
    public void prepare() {
        Plan plan = Samples.plan(LOCATION);
        writer = RequestHeadWriter.compile(Samples.forward(plan), Optional.of("127.0.0.1"), Samples.context(plan));
        exchange = new RequestFeed(Samples.READING).parse(Samples.browser("www.example", "/articles/2026/rope?page=2"));
    }

    @Benchmark
    public int request() {
        out.clear();
        writer.write(exchange, "", RequestHeadWriter.NO_BODY, out);
        return out.writerIndex();
    }

    @Benchmark
    public int answer() {
        answer.readerIndex(0);
        head.read(answer, fields, MOST, texts);
        return head.status();
    }
}
