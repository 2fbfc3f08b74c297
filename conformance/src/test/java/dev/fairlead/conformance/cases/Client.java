package dev.fairlead.conformance.cases;

import dev.fairlead.testkit.Header;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import dev.fairlead.testkit.WireFormatError;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sends a case's requests to a server and collects the answers.
final class Client {
    private final Served server;
    private final Map<String, String> options;
    private final List<Reply> replies = new ArrayList<>();
    private final List<Wire> open = new ArrayList<>();
    private final List<List<String>> awaited = new ArrayList<>();
    private String owner = "";

    private Client(Served server, Map<String, String> options) {
        this.server = server;
        this.options = options;
    }

    static List<Reply> run(Served server, Group.Case test) {
        Client client = new Client(server, test.options());
        try {
            for (Group.Step step : test.steps()) {
                client.step(step);
            }
            client.readAll();
            return client.replies;
        } finally {
            client.open.forEach(Wire::close);
        }
    }

    private void step(Group.Step step) {
        if (step.connection() != Group.Connection.MEANWHILE) {
            readAll();
        }
        if (step.connection() == Group.Connection.SAME) {
            awaited.set(awaited.size() - 1, new ArrayList<>(step.methods()));
        } else {
            Optional<Keys.Secured> secured = secured();
            if (secured.isEmpty() && options.containsKey("tls")) {
                step.methods().forEach(method -> replies.add(withoutHead("no handshake 000", "")));
                return;
            }
            owner = secured.map(Keys.Secured::owner).orElse("");
            try {
                open.add(secured.map(Keys.Secured::wire).orElseGet(() -> Wire.connect(port())));
            } catch (UncheckedIOException resetAtOnce) {
                step.methods().forEach(method -> replies.add(withoutHead("closed   000", "")));
                return;
            }
            awaited.add(new ArrayList<>(step.methods()));
        }
        open.getLast().sendRaw(server.specialised(step.request()));
        if (options.containsKey("finish")) {
            open.getLast().finish();
        }
    }

    private void readAll() {
        for (int i = 0; i < open.size(); i++) {
            for (String method : awaited.get(i)) {
                replies.add(withOwner(reply(open.get(i), method)));
            }
            awaited.set(i, List.of());
        }
    }

    private static Reply reply(Wire wire, String method) {
        try {
            return wire.tryReply(method).orElseGet(() -> withoutHead("closed   000", ""));
        } catch (UncheckedIOException reset) {
            return withoutHead("closed   000", "");
        } catch (WireFormatError notHttp) {
            return withoutHead("not HTTP 000", new String(wire.received(), StandardCharsets.ISO_8859_1));
        }
    }

    /// Whose certificate was shown, as if it were a header.
    private Reply withOwner(Reply reply) {
        if (owner.isEmpty()) {
            return reply;
        }
        List<Header> headers = new ArrayList<>(reply.headers());
        headers.add(new Header("(certificate)", owner));
        return new Reply(
                reply.statusLine(),
                headers,
                reply.body(),
                reply.chunked(),
                reply.trailers(),
                reply.interim(),
                reply.ending());
    }

    private static Reply withoutHead(String statusLine, String body) {
        return new Reply(statusLine, List.of(), body, false, List.of(), List.of(), Reply.Ending.CLOSED);
    }

    private Optional<Keys.Secured> secured() {
        return options.containsKey("tls") ? Keys.connect(port(), server.keys(), options) : Optional.empty();
    }

    private int port() {
        return server.port(Integer.parseInt(options.getOrDefault("port", "1")));
    }
}
