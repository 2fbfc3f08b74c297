package dev.fairlead.engine.route;

import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;

/// One request on a connection of its own.
public final class Asked {
    private Asked() {}

    public static Reply get(TestServer server, String target, String... fields) {
        return send(server, "GET", target, "Host: a.example", fields);
    }

    static Reply host(TestServer server, String host, String target) {
        return send(server, "GET", target, "Host: " + host);
    }

    public static Reply send(TestServer server, String method, String target, String host, String... fields) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\n" + host + "\n");
        for (String field : fields) {
            head.append(field).append('\n');
        }
        try (Wire wire = Wire.connect(server.port())) {
            wire.send(head.append('\n').toString());
            return wire.reply(method);
        }
    }
}
