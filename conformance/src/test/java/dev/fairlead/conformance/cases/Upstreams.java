package dev.fairlead.conformance.cases;

import dev.fairlead.testkit.Conversation;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Received;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// The three servers behind the one under test. They answer by the group's script, or say who they are and what
/// they were asked.
public final class Upstreams implements AutoCloseable {
    /// Asked for by health checks, which come when they like and are not part of what is seen.
    private static final String HEALTH = "/health";
    /// What a TLS client's first message begins with: health checks try that here, too.
    private static final String HANDSHAKE = "\u0016";

    private final Map<String, Group.Script> replies;
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<Peer> peers;

    public Upstreams(Map<String, Group.Script> replies) {
        this.replies = replies;
        this.peers = IntStream.rangeClosed(1, 3)
                .mapToObj(number -> Peer.start(conversation -> talk("up" + number, conversation)))
                .toList();
    }

    public int port(int number) {
        return peers.get(number - 1).port();
    }

    /// Of all of them, in order.
    public List<Integer> ports() {
        return peers.stream().map(Peer::port).toList();
    }

    /// What reached them since the last call, in the order it did.
    public List<String> takeSeen() {
        List<String> taken = List.copyOf(seen);
        seen.removeAll(taken);
        return taken;
    }

    /// The same, in order of the upstreams, when so many requests have reached them: some come by themselves.
    public List<String> takeSeen(int count) {
        Deadline.inSeconds(10).await(count + " requests", () -> seen.size() >= count);
        return takeSeen().stream().sorted().toList();
    }

    @Override
    public void close() {
        peers.forEach(Peer::close);
    }

    private void talk(String name, Conversation conversation) throws IOException {
        while (true) {
            Optional<Received> head = conversation.head();
            if (head.isEmpty() || head.get().method().startsWith(HANDSHAKE)) {
                return;
            }
            Optional<Group.Script> script = script(head.get());
            if (script.filter(found -> found.options().containsKey("early")).isPresent()) {
                seen.add(name + ": " + shown(head.get()));
                conversation.say(script.orElseThrow().response());
                return;
            }
            Received request = conversation.body(head.get());
            if (!request.target().startsWith(HEALTH)) {
                seen.add(name + ": " + shown(request));
            }
            if (!answer(name, conversation, request, script)) {
                return;
            }
        }
    }

    private boolean answer(String name, Conversation conversation, Received request, Optional<Group.Script> script)
            throws IOException {
        if (script.isPresent()) {
            Map<String, String> options = script.get().options();
            if (options.containsKey("only") && !options.get("only").equals(name)) {
                script = Optional.empty();
            }
        }
        if (script.isPresent()) {
            Map<String, String> options = script.get().options();
            pause(options.getOrDefault("wait", "0"));
            if (options.containsKey("until")) {
                hold("/" + options.get("until") + " ");
            }
            if (options.containsKey("drop")) {
                return false;
            }
            conversation.say(
                    new Names().upstreams(ports()).specialised(script.get().response()));
            pause(options.getOrDefault("linger", "0"));
            if (options.containsKey("tunnel")) {
                tunnel(conversation);
            }
            if ("reset".equals(options.get("then"))) {
                conversation.reset();
            }
            if (options.containsKey("then")) {
                return false;
            }
        } else {
            conversation.say(introduction(name, request));
        }
        return !request.header("Connection")
                .map(value -> value.toLowerCase(Locale.ROOT).contains("close"))
                .orElse(false);
    }

    private static void tunnel(Conversation conversation) throws IOException {
        for (int octet = conversation.read(); octet >= 0; octet = conversation.read()) {
            conversation.say(new byte[] {(byte) octet});
        }
    }

    private static String introduction(String name, Received request) {
        String body = name + " " + request.method() + " " + request.target() + "\n"
                + (request.body().isEmpty() ? "" : "body " + request.body() + "\n");
        return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\nX-Up: " + name
                + "\r\n\r\n" + (request.method().equals("HEAD") ? "" : body);
    }

    private Optional<Group.Script> script(Received head) {
        return replies.keySet().stream()
                .filter(key -> head.target().contains("/" + key))
                .max(Comparator.comparingInt(String::length))
                .map(replies::get);
    }

    private static void pause(String millis) {
        if (!millis.equals("0")) {
            // The pause is what is being tested: a server that takes its time.
            LockSupport.parkNanos(Long.parseLong(millis) * 1_000_000);
        }
    }

    private void hold(String target) {
        Deadline.inSeconds(60)
                .await("a request for " + target, () -> seen.stream().anyMatch(text -> text.contains(target)));
    }

    private static String shown(Received request) {
        StringBuilder text = new StringBuilder(request.requestLine()).append('\n');
        request.headers().forEach(header -> text.append(header).append('\n'));
        text.append('\n').append(request.body());
        request.trailers().forEach(trailer -> text.append("\ntrailer ").append(trailer));
        return text.toString();
    }
}
