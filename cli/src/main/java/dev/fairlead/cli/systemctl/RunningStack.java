package dev.fairlead.cli.systemctl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fairlead.cli.control.ControlClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A stack that runs, asked over its control socket.
public final class RunningStack {
    private static final JsonFactory JSON = new JsonFactory();

    private final ControlClient client;

    public RunningStack(ControlClient client) {
        this.client = client;
    }

    /// What came of a command.
    ///
    /// @param status of HTTP: 404 for an unknown unit, 409 for what failed
    record Reply(int status, String message) {
        boolean isDone() {
            return status / 100 == 2;
        }

        boolean isUnknown() {
            return status == 404;
        }

        /// It was begun, and did not end well.
        boolean hasFailed() {
            return status == 409;
        }
    }

    List<Properties> units() throws Fault {
        List<Properties> units = new ArrayList<>();
        for (SequencedMap<String, String> unit : objects(get("/units"))) {
            if (unit.containsKey("Id")) {
                units.add(new Properties(unit));
            }
        }
        return units;
    }

    /// Jobs, each with `job`, `unit`, `type` and `state`.
    List<SequencedMap<String, String>> jobs() throws Fault {
        return manager("state");
    }

    /// What every service finds in its environment.
    SequencedMap<String, String> variables() throws Fault {
        SequencedMap<String, String> all = new LinkedHashMap<>();
        for (SequencedMap<String, String> one : manager("value")) {
            all.put(one.getOrDefault("name", ""), one.getOrDefault("value", ""));
        }
        return all;
    }

    /// Whether everything that comes up with it has come up or failed.
    boolean hasSettled() throws Fault {
        return manager("hasSettled").stream()
                .anyMatch(one -> one.getOrDefault("hasSettled", "").equals("true"));
    }

    private List<SequencedMap<String, String>> manager(String member) throws Fault {
        return objects(get("/manager")).stream()
                .filter(one -> one.containsKey(member))
                .toList();
    }

    /// The last lines of a unit, each with the fields it came with.
    List<SequencedMap<String, String>> log(String unit, int lines) throws Fault {
        return objects(get("/logs?lines=" + lines + "&unit=" + encoded(unit)));
    }

    /// What is said of the stack as a whole.
    SequencedMap<String, String> stack() throws Fault {
        List<SequencedMap<String, String>> all = objects(get("/status"));
        return all.stream()
                .filter(one -> one.containsKey("location"))
                .findFirst()
                .orElseGet(LinkedHashMap::new);
    }

    /// @param command as the control socket knows it: `start`, `kill?signal=9`
    Reply unit(String name, String command) throws Fault {
        return post("/units/" + encoded(name) + "/" + command);
    }

    Reply post(String target) throws Fault {
        try {
            ControlClient.Reply reply = client.ask("POST", target, true);
            return new Reply(reply.status(), reply.body().strip());
        } catch (IOException failed) {
            throw new Fault("Failed to talk to the stack at " + client.socket() + ": " + failed.getMessage());
        }
    }

    private String get(String target) throws Fault {
        try {
            return client.ask("GET", target, false).body();
        } catch (IOException failed) {
            throw new Fault("Failed to talk to the stack at " + client.socket() + ": " + failed.getMessage());
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// Every object in a text, those inside of others too, with the members that are plain values.
    static List<SequencedMap<String, String>> objects(String json) throws Fault {
        List<SequencedMap<String, String>> done = new ArrayList<>();
        List<SequencedMap<String, String>> open = new ArrayList<>();
        String name = "";
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    open.add(new LinkedHashMap<>());
                } else if (token == JsonToken.END_OBJECT) {
                    done.add(open.removeLast());
                } else if (token == JsonToken.FIELD_NAME) {
                    name = parser.currentName();
                } else if (token.isScalarValue() && !open.isEmpty()) {
                    open.getLast().put(name, parser.getText());
                }
            }
        } catch (IOException malformed) {
            throw new Fault("The stack's answer cannot be read: " + malformed.getMessage());
        }
        return done;
    }
}
