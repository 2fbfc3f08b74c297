package dev.fairlead.engine.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.generation.Engine;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.stream.StreamAction;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.NameServers;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.testkit.ScriptedNameServer;
import dev.fairlead.testkit.ScriptedNameServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Names that nobody knows at the start are looked up for each connection.
final class LateTargetTest {
    private static final Duration SHORT = Duration.ofNanos(1);

    private static Forward.Resolver by(ScriptedNameServer server) {
        NameServers servers = new NameServers(
                "dns",
                List.of(new NameServers.Server("n", "127.0.0.1", server.port(), false)),
                false,
                3,
                Optional.of(SHORT),
                Optional.empty(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                new NameServers.Holds(SHORT, SHORT, SHORT, SHORT, SHORT, SHORT),
                512,
                Streams.HERE);
        return new Forward.Resolver(Optional.of(servers), NameLookup.Family.IPV4, Streams.HERE);
    }

    private static StreamListener passing(boolean always, Forward.Resolver by, Address.Tcp... to) {
        List<Upstream.Server> servers = Arrays.stream(to)
                .map(address ->
                        new Upstream.Server(address, 1, 0, 1, Duration.ofSeconds(10), false, false, Streams.HERE))
                .toList();
        StreamForward usual = Streams.forward(
                Streams.upstream("names", new Balance.InOrder(), 1).withServers(servers));
        Upstream upstream = ((StreamForward.Target.Fixed) usual.target()).upstream();
        StreamForward.LateNames late = new StreamForward.LateNames(always, by);
        return Streams.listener(Streams.host(
                Streams.to(new StreamForward.Target.Fixed(upstream, to[0].host(), Optional.of(late)), usual)));
    }

    private static StreamListener saying(String text) {
        return Streams.listener(Streams.host(
                Streams.SETTINGS,
                List.of(),
                new StreamAction.Answer(Template.constant(text, Streams.HERE), Streams.HERE)));
    }

    private static String said(Engine engine) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Streams.port(engine))) {
            socket.setSoTimeout(60_000);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @Test
    void aNameThatTurnsUpLaterIsFoundByTheNextConnection() throws Exception {
        AtomicReference<Answer> answer = new AtomicReference<>(Answer.addresses());
        try (ScriptedNameServer names = ScriptedNameServer.open((host, kind, isByTcp) -> answer.get());
                Engine there = Streams.start(saying("there"));
                Engine engine = Streams.start(
                        passing(false, by(names), new Address.Tcp("late.invalid", Streams.port(there))))) {
            assertThat(said(engine)).isEmpty();
            answer.set(Answer.addresses("127.0.0.1"));
            assertThat(said(engine)).isEqualTo("there");
            assertThat(names.asked()).contains("udp late.invalid");
        }
    }

    @Test
    void serversAreTriedInTheirOrderAndWhatIsNotFoundIsPassedOver() throws Exception {
        try (ScriptedNameServer names = ScriptedNameServer.open((host, kind, isByTcp) ->
                        host.startsWith("late") ? Answer.addresses("127.0.0.1") : Answer.addresses());
                Engine first = Streams.start(saying("first"));
                Engine second = Streams.start(saying("second"));
                Engine engine = Streams.start(passing(
                        true,
                        by(names),
                        new Address.Tcp("nobody.invalid", Streams.port(second)),
                        new Address.Tcp("late.invalid", 1),
                        new Address.Tcp("late.invalid", Streams.port(first)),
                        new Address.Tcp("127.0.0.1", Streams.port(second))))) {
            for (int i = 0; i < 3; i++) {
                assertThat(said(engine)).isEqualTo("first");
            }
        }
    }

    @Test
    void whereSomeServersAreKnownTheOthersAreLeftOut() throws Exception {
        try (ScriptedNameServer names =
                        ScriptedNameServer.open((host, kind, isByTcp) -> Answer.addresses("127.0.0.1"));
                Engine first = Streams.start(saying("first"));
                Engine second = Streams.start(saying("second"));
                Engine engine = Streams.start(passing(
                        false,
                        by(names),
                        new Address.Tcp("late.invalid", Streams.port(first)),
                        new Address.Tcp("localhost", Streams.port(second))))) {
            assertThat(said(engine)).isEqualTo("second");
            assertThat(names.asked()).isEmpty();
        }
    }
}
