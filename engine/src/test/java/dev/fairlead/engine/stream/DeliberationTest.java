package dev.fairlead.engine.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.generation.Engine;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.model.stream.StreamAction;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.stream.StreamRule;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.testkit.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rules remember, and wait for addresses, for one connection at a time.
final class DeliberationTest {
    private static final Condition ALWAYS = new Condition.Always(true);
    private static final Variable ADDRESS = new Variable.Custom("address", 0);
    private static final Variable OF_CONNECTION = new Variable.OfConnection("seen", 0);
    private static final Variable BEFORE = new Variable.Custom("before", 1);

    private static StreamRule remember(Rule rule) {
        return new StreamRule(ALWAYS, new StreamAction.Remember(rule), Streams.HERE);
    }

    private static Template text(String text) {
        return Template.constant(text, Streams.HERE);
    }

    private static StreamRule set(Variable variable, String value) {
        return remember(new Rule.Assign(variable, text(value), Streams.HERE));
    }

    private static StreamRule lookUp(String host) {
        Forward.Resolver machine = new Forward.Resolver(Optional.empty(), NameLookup.Family.IPV4, Streams.HERE);
        return remember(new Rule.Resolve(ADDRESS, text(host), machine, Streams.HERE));
    }

    private static StreamAction say(Template.Part... parts) {
        return new StreamAction.Answer(new Template(List.of(parts), Streams.HERE), Streams.HERE);
    }

    private static String said(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @Test
    void whatIsRememberedOfAConnectionIsNotRememberedOfTheNext() throws Exception {
        StreamAction again = say(new Template.Part.Literal("again"));
        List<StreamRule> rules = List.of(
                new StreamRule(new Condition.Present(OF_CONNECTION), again, Streams.HERE), set(OF_CONNECTION, "yes"));
        StreamAction first = say(new Template.Part.Literal("first"));
        try (Engine engine = Streams.start(Streams.listener(Streams.host(Streams.SETTINGS, rules, first)))) {
            for (int i = 0; i < 5; i++) {
                assertThat(said(Streams.port(engine))).isEqualTo("first");
            }
        }
    }

    @Test
    void whatWasSetBeforeAnAddressIsWaitedForIsKnownBehindItAlsoWhereTheClientSaysNoMore() throws Exception {
        List<StreamRule> rules = List.of(
                set(BEFORE, "before"), set(OF_CONNECTION, "kept"), lookUp("localhost"), lookUp("no name"), lookUp(""));
        StreamAction all = say(
                new Template.Part.Reference(ADDRESS),
                new Template.Part.Literal(" "),
                new Template.Part.Reference(BEFORE),
                new Template.Part.Literal(" "),
                new Template.Part.Reference(OF_CONNECTION));
        try (Engine engine = Streams.start(Streams.listener(Streams.host(Streams.SETTINGS, rules, all)))) {
            for (int i = 0; i < 3; i++) {
                assertThat(said(Streams.port(engine))).isEqualTo("127.0.0.1 before kept");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,127.0.0.1", "*,127.0.0.1", "*,127.0.0.2", "*,0.0.0.0", "127.0.0.1,localhost"})
    void aConnectionIsNotPassedToTheListenerThatItCameTo(String here, String there) throws Exception {
        int port = Ports.free();
        try (Engine engine = Streams.start(computed(here, port, there, port))) {
            assertThat(said(port)).isEmpty();
            assertThat(engine.traffic().accepted()).isEqualTo(1);
        }
    }

    @Test
    void itIsPassedToOthersAtTheSamePort() throws Exception {
        int port = Ports.free();
        try (Engine other = Streams.start(new StreamListener(
                        new Address.Tcp("127.0.0.2", port),
                        SocketOptions.DEFAULT,
                        false,
                        false,
                        Streams.host(Streams.SETTINGS, List.of(), say(new Template.Part.Literal("other"))),
                        Streams.HERE));
                Engine engine = Streams.start(computed("127.0.0.1", port, "127.0.0.2", port))) {
            assertThat(said(port)).isEqualTo("other");
            assertThat(other.traffic().accepted()).isEqualTo(1);
            assertThat(engine.traffic().accepted()).isEqualTo(1);
        }
    }

    private static StreamListener computed(String here, int port, String there, int target) {
        StreamForward usual = Streams.forward(Streams.upstream("u", new Balance.InOrder(), target));
        Forward.Resolver resolver = new Forward.Resolver(Optional.empty(), NameLookup.Family.IPV4, Streams.HERE);
        StreamForward computed = Streams.to(
                new StreamForward.Target.Computed(text(there + ":" + target), List.of(), Optional.of(resolver)), usual);
        return new StreamListener(
                new Address.Tcp(here, port), SocketOptions.DEFAULT, false, false, Streams.host(computed), Streams.HERE);
    }
}
