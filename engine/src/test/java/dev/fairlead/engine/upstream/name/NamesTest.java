package dev.fairlead.engine.upstream.name;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.http.Forward;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.NameServers;
import dev.fairlead.source.Span;
import dev.fairlead.testkit.NameQuestion;
import dev.fairlead.testkit.ScriptedNameServer;
import dev.fairlead.testkit.ScriptedNameServer.Answer;
import dev.fairlead.time.ManualClock;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.handler.codec.dns.DnsRecordType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Names are asked of real name servers on loopback, which answer as they are told.
class NamesTest {
    private static final Duration VALID = Duration.ofSeconds(10);
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration IMPATIENT = Duration.ofMillis(50);
    private static final int ANSWER_SIZE = 512;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final ManualClock clock = new ManualClock(0);
    private final Names names = new Names(loop, clock, new NameWatches());

    @AfterEach
    void end() throws InterruptedException {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    private static NameServers by(
            boolean inTurn, boolean byTcp, Duration patience, int tries, ScriptedNameServer... all) {
        return new NameServers(
                "dns",
                Stream.of(all)
                        .map(each -> new NameServers.Server("n" + each.port(), "127.0.0.1", each.port(), byTcp))
                        .toList(),
                inTurn,
                tries,
                Optional.of(VALID),
                Optional.empty(),
                Duration.ofSeconds(1),
                patience,
                new NameServers.Holds(VALID, VALID, VALID, VALID, VALID, VALID),
                ANSWER_SIZE,
                Span.builtIn());
    }

    private static NameServers patient(boolean inTurn, ScriptedNameServer... all) {
        return by(inTurn, false, PATIENT, 3, all);
    }

    private CompletableFuture<Names.Found> ask(String host, NameServers by, NameLookup.Family family) {
        CompletableFuture<Names.Found> answer = new CompletableFuture<>();
        loop.execute(() ->
                names.find(host, new Forward.Resolver(Optional.of(by), family, Span.builtIn()), answer::complete));
        return answer;
    }

    private String find(String host, NameServers by) {
        return text(ask(host, by, NameLookup.Family.IPV4).join());
    }

    private static String text(Names.Found found) {
        return found.addresses().isEmpty()
                ? found.failure()
                : String.join(
                        " ",
                        found.addresses().stream()
                                .map(address -> address.getHostAddress())
                                .toList());
    }

    @Test
    void whatIsCutIsAskedForAgainByTcpHoweverLongItIs() throws IOException {
        String[] many = IntStream.range(0, 100).mapToObj(i -> "192.0.2." + i).toArray(String[]::new);
        try (ScriptedNameServer server = ScriptedNameServer.open(
                        (host, kind, isByTcp) -> isByTcp ? Answer.addresses(many) : Answer.CUT)
                .andTcp()) {
            assertThat(find("www.example", patient(false, server))).isEqualTo(String.join(" ", many));
            assertThat(server.asked()).containsExactly("udp www.example", "tcp www.example");
        }
    }

    @Test
    void whatIsCutIsNoAnswerWhereNobodyListensByTcp() throws IOException {
        try (ScriptedNameServer server = ScriptedNameServer.open((host, kind, isByTcp) ->
                new Answer(0x8380, Answer.addresses("192.0.2.1").contents()))) {
            assertThat(find("www.example", patient(false, server))).isEqualTo("2: Server failure");
        }
    }

    @Test
    void placesOfAServiceThatAreThereCountThoughOthersWereCutOff() throws IOException {
        byte[] place = NameQuestion.place("a", 8080, 0);
        try (ScriptedNameServer server =
                ScriptedNameServer.open((host, kind, isByTcp) -> new Answer(0x8380, List.of(place)))) {
            CompletableFuture<Inquiry.Outcome> answer = new CompletableFuture<>();
            NameServers by = patient(false, server);
            Inquiry.Plan plan = new Inquiry.Plan(
                    List.of(Question.about("_http._tcp.example", DnsRecordType.SRV)
                            .orElseThrow()),
                    false);
            Inquiry.Asked asked = Inquiry.Asked.of(by, new NameWatches().counts(by));
            loop.execute(() -> Inquiry.begin(asked, plan, false, loop, answer::complete));
            assertThat(answer.join().found())
                    .flatExtracting(Reply.Found::services)
                    .extracting(Reply.Service::host)
                    .containsExactly("a");
        }
    }

    @Test
    void aNameServerMayBeAskedByTcpOnly() throws IOException {
        try (ScriptedNameServer server = ScriptedNameServer.open((host, kind, isByTcp) -> Answer.addresses("192.0.2.1"))
                .andTcp()) {
            assertThat(find("www.example", by(false, true, PATIENT, 1, server))).isEqualTo("192.0.2.1");
            assertThat(server.asked()).containsExactly("tcp www.example");
        }
    }

    @Test
    void ofNameServersThatAreAskedAtOnceTheUsefulAnswerCounts() throws IOException {
        try (ScriptedNameServer unknowing = ScriptedNameServer.open((host, kind, isByTcp) -> Answer.UNKNOWN);
                ScriptedNameServer knowing =
                        ScriptedNameServer.open((host, kind, isByTcp) -> Answer.addresses("192.0.2.1"))) {
            assertThat(find("www.example", patient(false, unknowing, knowing))).isEqualTo("192.0.2.1");
        }
    }

    @Test
    void ofNameServersThatAreAskedInTurnTheFirstAnswerCounts() throws IOException {
        try (ScriptedNameServer unknowing = ScriptedNameServer.open((host, kind, isByTcp) -> Answer.UNKNOWN);
                ScriptedNameServer knowing =
                        ScriptedNameServer.open((host, kind, isByTcp) -> Answer.addresses("192.0.2.1"))) {
            NameServers by = patient(true, unknowing, knowing);
            assertThat(find("a.example", by)).isEqualTo("3: Host not found");
            assertThat(find("b.example", by)).isEqualTo("192.0.2.1");
            assertThat(unknowing.asked()).containsExactly("udp a.example");
            assertThat(knowing.asked()).containsExactly("udp b.example");
        }
    }

    @Test
    void theNextIsAskedWhereOneIsSilentAndNobodyIsAskedForEver() throws IOException {
        try (ScriptedNameServer silent = ScriptedNameServer.open((host, kind, isByTcp) -> Answer.SILENCE);
                ScriptedNameServer knowing =
                        ScriptedNameServer.open((host, kind, isByTcp) -> Answer.addresses("192.0.2.1"))) {
            assertThat(find("www.example", by(true, false, IMPATIENT, 40, silent, knowing)))
                    .isEqualTo("192.0.2.1");
            assertThat(find("www.example", by(true, false, IMPATIENT, 3, silent)))
                    .isEqualTo("110: Operation timed out");
            assertThat(silent.asked()).hasSize(4);
        }
    }

    @Test
    void theOtherFamilyIsAskedForWhereThereIsNoneOfTheFirstAndBothWhereBothAreWanted() throws IOException {
        try (ScriptedNameServer server = ScriptedNameServer.open((host, kind, isByTcp) -> kind == 28
                ? Answer.addresses("2001:db8::1")
                : host.startsWith("six") ? Answer.addresses() : Answer.addresses("192.0.2.1"))) {
            NameServers by = patient(false, server);
            assertThat(text(ask("six.example", by, NameLookup.Family.IPV4_FIRST).join()))
                    .isEqualTo("2001:db8:0:0:0:0:0:1");
            assertThat(text(ask("www.example", by, NameLookup.Family.IPV4_FIRST).join()))
                    .isEqualTo("192.0.2.1");
            assertThat(text(ask("www.example", by, NameLookup.Family.BOTH).join()))
                    .contains("192.0.2.1", "2001:db8:0:0:0:0:0:1");
            assertThat(text(ask("six.example", by, NameLookup.Family.IPV4).join()))
                    .isEqualTo("3: Host not found");
        }
    }

    @Test
    void whatIsAskedForAlreadyIsNotAskedForAgainAndWhatIsKnownHolds() throws IOException {
        CompletableFuture<Void> both = new CompletableFuture<>();
        try (ScriptedNameServer server = ScriptedNameServer.open((host, kind, isByTcp) -> {
            both.join();
            return Answer.addresses("192.0.2.1");
        })) {
            NameServers by = patient(true, server);
            CompletableFuture<Names.Found> first = ask("www.example", by, NameLookup.Family.IPV4);
            CompletableFuture<Names.Found> second = ask("WWW.example.", by, NameLookup.Family.IPV4);
            loop.submit(() -> {}).syncUninterruptibly();
            both.complete(null);
            assertThat(text(first.join())).isEqualTo(text(second.join())).isEqualTo("192.0.2.1");
            assertThat(find("www.example", by)).isEqualTo("192.0.2.1");
            assertThat(server.asked()).hasSize(1);
            clock.advance(VALID);
            assertThat(find("www.example", by)).isEqualTo("192.0.2.1");
            assertThat(server.asked()).hasSize(2);
        }
    }

    @Test
    void whatIsNoNameIsNotAskedFor() throws IOException {
        try (ScriptedNameServer server =
                ScriptedNameServer.open((host, kind, isByTcp) -> Answer.addresses("192.0.2.1"))) {
            assertThat(find("a..b", patient(true, server))).isEqualTo("3: Host not found");
            assertThat(server.asked()).isEmpty();
        }
    }
}
