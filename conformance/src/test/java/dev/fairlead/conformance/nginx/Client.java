package dev.fairlead.conformance.nginx;

import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import dev.fairlead.testkit.WireFormatError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Sends a case's requests to a server and collects the answers.
final class Client {
    private final Server server;
    private final Map<String, String> options;
    private final List<Reply> replies = new ArrayList<>();
    private final List<Wire> open = new ArrayList<>();
    private final List<List<String>> awaited = new ArrayList<>();

    private Client(Server server, Map<String, String> options) {
        this.server = server;
        this.options = options;
    }

    static List<Reply> run(Server server, Group.Case test) {
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
            open.add(connect());
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
                replies.add(reply(open.get(i), method));
            }
            awaited.set(i, List.of());
        }
    }

    private static Reply reply(Wire wire, String method) {
        try {
            return wire.tryReply(method).orElseGet(() -> withoutHead("closed   000", ""));
        } catch (WireFormatError notHttp) {
            return withoutHead("not HTTP 000", new String(wire.received(), StandardCharsets.ISO_8859_1));
        }
    }

    private static Reply withoutHead(String statusLine, String body) {
        return new Reply(statusLine, List.of(), body, false, List.of(), List.of(), Reply.Ending.CLOSED);
    }

    private Wire connect() {
        int port = server.port(Integer.parseInt(options.getOrDefault("port", "1")));
        return options.containsKey("tls") ? Keys.connect(port, options) : Wire.connect(port);
    }
}
