package dev.fairlead.engine.app;

import dev.fairlead.engine.app.environ.RequestEncoder;
import dev.fairlead.engine.app.environ.ToldVariables;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.ExchangeEntry;
import dev.fairlead.engine.http1.Answering;
import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.engine.http1.TestSettings;
import dev.fairlead.model.app.Application;
import dev.fairlead.model.http.HeadReading;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A server that answers each request with an empty body, or refuses it, and keeps what its worker would have
/// been
/// sent; the real interpreter says what that is.
public final class EncodedRequests implements AutoCloseable, ExchangeEntry {
    private static final String READ = """
            import marshal, sys
            OWN = 'REQUEST_METHOD', 'RAW_URI', 'QUERY_STRING', 'PATH_INFO', 'REMOTE_PORT'

            def read(payload):
                if len(parts := marshal.loads(payload)) == 3:
                    return parts
                own, place, common, body, flags = parts
                own = {name: value for name, value in zip(OWN, own) if value is not None}
                return {**common, **own}, body, flags

            """;

    private static final String SHOW = READ + """
            variables, body, flags = read(open(sys.argv[1], 'rb').read())
            for name in sorted(variables):
                print(name + ' = ' + ascii(variables[name]))
            print('body', ascii(body), 'flags', flags)
            """;

    private static final String SHOW_ALL = READ + """
            data = open(sys.argv[1], 'rb').read()
            while data:
                size = int.from_bytes(data[:4], 'big')
                variables, body, flags = read(data[4:4 + size])
                data = data[4 + size:]
                for name in sorted(variables):
                    print(name + ' = ' + ascii(variables[name]))
                print()
            """;

    private final Path folder;
    private final Answering answering;
    private final TestServer server;
    private final LinkedBlockingQueue<byte[]> payloads = new LinkedBlockingQueue<>();

    private EncodedRequests(Path folder, Application application, Consumer<Exchange> before) {
        RequestEncoder encoder = RequestEncoder.of(application);
        this.folder = folder;
        this.answering = new Answering(TestSettings.DEFAULTS, exchange -> {
            before.accept(exchange);
            int refusal = encoder.refusal(exchange);
            if (refusal != 0) {
                exchange.fail(refusal);
                return;
            }
            ByteBuf out = Unpooled.buffer();
            encoder.encode(exchange, Unpooled.wrappedBuffer(new byte[] {'h', 'i'}), 0, new ToldVariables(), out);
            payloads.add(ByteBufUtil.getBytes(out));
            exchange.response().begin(200);
            exchange.respondEmpty();
        });
        this.server = TestServer.serving(this);
    }

    public static EncodedRequests of(Path folder, Application application) {
        return new EncodedRequests(folder, application, exchange -> {});
    }

    public static EncodedRequests of(Path folder, Application application, Consumer<Exchange> before) {
        return new EncodedRequests(folder, application, before);
    }

    public int port() {
        return server.port();
    }

    /// Sends a request and returns its variables, sorted, one a line, and body and flags in the last.
    public List<String> variables(String request) {
        try (Wire wire = Wire.connect(server.port())) {
            wire.send(request).expectStatus(200);
        }
        return shown(taken());
    }

    /// The variables of many requests, with one run of the interpreter.
    public List<List<String>> variables(List<String> requests) {
        ByteBuf all = Unpooled.buffer();
        for (String request : requests) {
            try (Wire wire = Wire.connect(server.port())) {
                wire.send(request).expectStatus(200);
            }
            byte[] payload = taken();
            all.writeInt(payload.length).writeBytes(payload);
        }
        String shown = python(SHOW_ALL, ByteBufUtil.getBytes(all));
        return Stream.of(shown.split("\n\n"))
                .map(one -> one.strip().lines().toList())
                .toList();
    }

    /// The variables that are not the same in each request of these tests.
    public List<String> variables(String request, String... names) {
        return variables(request).stream()
                .filter(line -> List.of(names).contains(line.split(" ", 2)[0]))
                .toList();
    }

    public byte[] taken() {
        try {
            byte[] payload = payloads.poll(5, TimeUnit.SECONDS);
            if (payload == null) {
                throw new AssertionError("nothing was encoded");
            }
            return payload;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    public List<String> shown(byte[] payload) {
        return python(SHOW, payload).lines().toList();
    }

    private String python(String script, byte[] data) {
        try {
            Path file = folder.resolve("payload");
            Files.write(file, data);
            return ProcessUnderTest.run(folder, "python3", "-c", script, file.toString())
                    .output();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    public int status(String request) {
        try (Wire wire = Wire.connect(server.port())) {
            return wire.send(request).reply().status();
        }
    }

    @Override
    public HeadReading headReading() {
        HeadReading usual = Answering.READING;
        return new HeadReading(usual.timeout(), 1024, 4, 32768, false, true, false);
    }

    @Override
    public void handle(Exchange exchange) {
        answering.handle(exchange);
    }

    @Override
    public void refuse(Exchange exchange, int status, String reason) {
        answering.refuse(exchange, status, reason);
    }

    @Override
    public void close() {
        server.close();
    }
}
