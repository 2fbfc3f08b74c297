package dev.fairlead.conformance.cases;

import dev.fairlead.testkit.NameQuestion;
import dev.fairlead.testkit.ScriptedNameServer;
import dev.fairlead.testkit.ScriptedNameServer.Answer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A name server on loopback that knows a few hosts of `zone.test`: `www` (IPv4), `six` (IPv6), `both`, and `count`,
/// whose address is another one each time it is asked for. `broken` is a failure, `silent` gets no answer, and other
/// hosts do not exist. Some change after they were asked for [#BEFORE] times: `moves` has been elsewhere, `gone` exists
/// no longer, `late` exists only then. `many` has three addresses. `_http._tcp.pN-M` is a service at ports N and M of
/// `many`.
public final class NameServer implements AutoCloseable {
    private static final Map<String, List<String>> ZONE = Map.of(
            "www.zone.test", List.of("127.0.0.1"),
            "six.zone.test", List.of("::1"),
            "both.zone.test", List.of("127.0.0.1", "::1"),
            "many.zone.test", List.of("127.0.0.1", "127.0.0.2", "127.0.0.3"));
    private static final int BEFORE = 3;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final Pattern SERVICES = Pattern.compile("_http\\._tcp\\.p(\\d+)-(\\d+)\\.zone\\.test");

    private final ScriptedNameServer server;
    private final AtomicInteger counted = new AtomicInteger();
    private final Map<String, Integer> asked = new HashMap<>();

    private NameServer() throws IOException {
        server = ScriptedNameServer.open((host, kind, isByTcp) -> answer(host, kind));
    }

    /// At a port that the kernel chooses.
    public static NameServer open() throws IOException {
        return new NameServer();
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private Answer answer(String host, int kind) {
        Matcher ports = SERVICES.matcher(host);
        if (kind == NameQuestion.SERVICE && ports.matches()) {
            return Answer.of(List.of(service(1, ports.group(1)), service(512, ports.group(2))));
        }
        return switch (host) {
            case "silent.zone.test" -> Answer.SILENCE;
            case "broken.zone.test" -> Answer.FAILURE;
            default -> addresses(host, kind).map(all -> ofKind(kind, all)).orElse(Answer.UNKNOWN);
        };
    }

    private static Answer ofKind(int kind, List<String> addresses) {
        int size = kind == NameQuestion.IPV4 ? IPV4_BYTES : kind == NameQuestion.IPV6 ? IPV6_BYTES : 0;
        return Answer.of(addresses.stream()
                .map(NameQuestion::address)
                .filter(address -> address.length == size)
                .toList());
    }

    /// @return empty if there is no such host
    private Optional<List<String>> addresses(String host, int kind) {
        boolean isEarly = kind == NameQuestion.IPV4 && asked.merge(host, 1, Integer::sum) <= BEFORE;
        return switch (host) {
            case "count.zone.test" ->
                Optional.of(List.of(kind == NameQuestion.IPV4 ? "127.0.0." + counted.incrementAndGet() : "::"));
            case "moves.zone.test" -> Optional.of(List.of(isEarly ? "127.0.0.9" : "127.0.0.1"));
            case "gone.zone.test" -> isEarly ? Optional.of(List.of("127.0.0.1")) : Optional.empty();
            case "late.zone.test" -> isEarly ? Optional.empty() : Optional.of(List.of("127.0.0.1"));
            default -> Optional.ofNullable(ZONE.get(host));
        };
    }

    /// A place of a service: the second has a larger share.
    private static byte[] service(int weight, String port) {
        return NameQuestion.place("many.zone.test", Integer.parseInt(port), weight);
    }
}
