package dev.fairlead.bench.micro;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.nginx.Compiled;
import dev.fairlead.dialect.nginx.NginxDialect;
import dev.fairlead.dialect.nginx.NginxOptions;
import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Shared;
import dev.fairlead.engine.log.Logs;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.engine.upstream.Upstreams;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.HeadReading;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.source.Problems;
import dev.fairlead.time.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What benchmarks measure with: requests, and plans compiled from configuration.
public final class Samples {
    /// As nginx reads heads when nothing else is said.
    public static final HeadReading READING = new HeadReading(Duration.ofSeconds(60), 1024, 4, 8192, true, false, true);

    private static final Path CONFIGURATION = Path.of("/bench.conf");

    private Samples() {}

    /// The head of a load generator: 40 bytes.
    public static ByteBuf small(String host, String path) {
        return head("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    /// The head of a browser: twelve fields, some 700 bytes.
    public static ByteBuf browser(String host, String path) {
        return head("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: keep-alive\r\n"
                + "sec-ch-ua: \"Chromium\";v=\"130\", \"Not?A_Brand\";v=\"99\"\r\nsec-ch-ua-mobile: ?0\r\n"
                + "sec-ch-ua-platform: \"Linux\"\r\nUpgrade-Insecure-Requests: 1\r\n"
                + "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0"
                + " Safari/537.36\r\nAccept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
                + "*/*;q=0.8\r\nReferer: https://" + host + "/\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n"
                + "Accept-Language: de-DE,de;q=0.9,en;q=0.8\r\nCookie: session=0f1e2d3c4b5a69788796a5b4c3d2e1f0; theme=dark\r\n"
                + "\r\n");
    }

    /// The bytes of a text, outside the heap.
    public static ByteBuf head(String text) {
        ByteBuf bytes = room(text.length());
        return bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Room for so many bytes outside the heap, for as long as somebody refers to it.
    public static ByteBuf room(int bytes) {
        return Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(bytes)).clear();
    }

    /// @param http the inside of nginx's http block
    public static Plan plan(String http) {
        String text = "events {}\nhttp {\naccess_log off;\n" + http + "\n}\n";
        NginxOptions options = NginxOptions.debian()
                .withFiles(FileSource.of(Map.of(CONFIGURATION.toString(), text)))
                .withDefaults(Optional.empty(), "stderr", Optional.empty());
        Compiled compiled = NginxDialect.compile(CONFIGURATION, options);
        return compiled.plan()
                .orElseThrow(() -> new IllegalStateException(compiled.errors().toString()));
    }

    /// What a part of the engine is given to compile its share of the plan.
    public static CompileContext context(Plan plan) {
        Problems problems = new Problems();
        Shared shared = new Shared();
        shared.part(Upstreams.class, Upstreams::new);
        shared.part(Logs.class, Logs::closed);
        Texts texts = new Texts(plan.http().variableSlots(), problems, shared, Clock.system());
        return new CompileContext(problems, shared, texts, Clock.system(), plan.applications());
    }

    public static HttpListener listener(Plan plan) {
        return plan.http().listeners().getFirst();
    }

    /// What the first location of the first host passes on.
    public static Forward forward(Plan plan) {
        List<Location> locations = listener(plan).hosts().getFirst().locations();
        if (locations.getFirst().action() instanceof Action.ForwardTo to) {
            return to.forward();
        }
        throw new IllegalStateException("the location passes nothing on");
    }
}
