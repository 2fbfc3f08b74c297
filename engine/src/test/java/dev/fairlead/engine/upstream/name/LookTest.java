package dev.fairlead.engine.upstream.name;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.upstream.NameLookup.Family;
import dev.fairlead.testkit.NameQuestion;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void aServerGoesWhereItsNameLeadsAndFollowsIt() throws IOException {
        try (ScriptedNames names = new ScriptedNames();
                NamesStage stage = new NamesStage(names)) {
            stage.follow("www.test", NamesStage.CHOICE, "");
            ScriptedNames.Asked first = names.next();
            assertThat(first.what()).isEqualTo("A www.test");
            assertThat(stage.places()).containsExactly("-");
            first.addresses("127.0.0.2");
            ScriptedNames.Asked second = names.next();
            assertThat(second.what()).isEqualTo("A www.test");
            assertThat(stage.places()).containsExactly("127.0.0.2");
            assertThat(stage.onLoop(stage.look("www.test")::source)).isEqualTo("mydns/ns0");
            stage.clock.advance(NamesStage.HOLDS.missing());
            second.addresses("127.0.0.3");
            names.next();
            assertThat(stage.places()).containsExactly("127.0.0.3");
            assertThat(stage.count("sent")).isEqualTo("3");
            assertThat(stage.count("valid")).isEqualTo("2");
            assertThat(stage.count("update")).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @CsvSource({"IPV4_FIRST,A,AAAA,::1", "IPV6_FIRST,AAAA,A,127.0.0.2"})
    void theOtherFamilyIsAskedForOnlyWhereThereIsNoneOfTheFirst(Family family, String first, String other, String found)
            throws IOException {
        try (ScriptedNames names = new ScriptedNames();
                NamesStage stage = new NamesStage(names)) {
            stage.follow("www.test", NamesStage.choice(family, false), "");
            ScriptedNames.Asked asked = names.next();
            assertThat(asked.what()).isEqualTo(first + " www.test");
            asked.addresses();
            asked = names.next();
            assertThat(asked.what()).isEqualTo(other + " www.test");
            asked.addresses(found);
            asked = names.next();
            assertThat(asked.what()).isEqualTo(first + " www.test");
            assertThat(stage.places()).containsExactly(found.contains(":") ? "[" + found + "]" : found);
            asked.addresses(first.equals("A") ? "127.0.0.9" : "::9");
            assertThat(names.next().what()).as("the other is not asked for").isEqualTo(first + " www.test");
        }
    }

    @Test
    void bothFamiliesAreAskedForAndBothCount() throws IOException {
        try (ScriptedNames names = new ScriptedNames();
                NamesStage stage = new NamesStage(names)) {
            stage.follow("www.test", NamesStage.choice(Family.BOTH, false), "", "");
            names.next().addresses("127.0.0.2");
            ScriptedNames.Asked six = names.next();
            assertThat(six.what()).isEqualTo("AAAA www.test");
            assertThat(stage.places()).as("not before both have answered").containsExactly("-", "-");
            six.addresses("::1");
            names.next();
            assertThat(stage.places()).containsExactly("127.0.0.2", "[::1]");
        }
    }

    @Test
    void allNameServersAreAskedAtOnceAndTheFirstUsefulAnswerCounts() throws IOException {
        try (ScriptedNames lame = new ScriptedNames();
                ScriptedNames good = new ScriptedNames();
                NamesStage stage = new NamesStage(NamesStage.LONG, 1, lame, good)) {
            stage.follow("www.test", NamesStage.CHOICE, "");
            ScriptedNames.Asked late = good.next();
            lame.next().trouble(ScriptedNames.REFUSED);
            late.addresses("127.0.0.2");
            good.next();
            assertThat(stage.places()).containsExactly("127.0.0.2");
            assertThat(stage.onLoop(stage.look("www.test")::source)).isEqualTo("mydns/ns1");
        }
    }

    @Test
    void anAnswerThatComesWhenAnotherHasCountedChangesNothing() throws IOException {
        try (ScriptedNames slow = new ScriptedNames();
                ScriptedNames good = new ScriptedNames();
                NamesStage stage = new NamesStage(NamesStage.LONG, 1, slow, good)) {
            stage.follow("www.test", NamesStage.CHOICE, "");
            ScriptedNames.Asked late = slow.next();
            good.next().addresses("127.0.0.2");
            ScriptedNames.Asked again = good.next();
            late.addresses("127.0.0.9");
            again.addresses("127.0.0.2");
            good.next();
            assertThat(known(stage)).containsExactly("127.0.0.2");
        }
    }

    /// Each of the tries, and then it counts as silence.
    @Test
    void whoIsSilentIsAskedAgainAndThenHasNotAnswered() throws IOException {
        try (ScriptedNames names = new ScriptedNames();
                NamesStage stage = new NamesStage(SHORT, 3, names)) {
            stage.follow("www.test", NamesStage.CHOICE, "127.0.0.7");
            stage.clock.advance(NamesStage.HOLDS.silent());
            for (int question = 0; question < 3; question++) {
                assertThat(names.next().what()).isEqualTo("A www.test");
            }
            stage.awaitPlaces("-");
        }
    }

    @Test
    void anAnswerToALaterTryCounts() throws IOException {
        try (ScriptedNames names = new ScriptedNames();
                NamesStage stage = new NamesStage(Duration.ofMillis(500), 100, names)) {
            stage.follow("www.test", NamesStage.CHOICE, "");
            names.next();
            names.next().addresses("127.0.0.2");
            stage.awaitPlaces("127.0.0.2");
        }
    }

    /// @param seconds what [NamesStage#HOLDS] says
    @ParameterizedTest
    @CsvSource({"3,20", "0,30", "5,50", "2,60"})
    void whatWasKnownHoldsAsLongAsTheTroubleAllows(int code, int seconds) throws IOException {
        try (ScriptedNames names = new ScriptedNames();
                NamesStage stage = new NamesStage(names)) {
            stage.follow("www.test", NamesStage.CHOICE, "");
            names.next().addresses("127.0.0.2");
            ScriptedNames.Asked asked = names.next();
            stage.clock.advance(Duration.ofSeconds(seconds).minusNanos(1));
            asked.trouble(code);
            asked = names.next();
            assertThat(stage.places()).containsExactly("127.0.0.2");
            assertThat(stage.onLoop(stage.look("www.test")::isKnown)).isTrue();
            stage.clock.advance(Duration.ofNanos(1));
            asked.trouble(code);
            asked = names.next();
            assertThat(stage.places()).containsExactly("-");
            assertThat(stage.onLoop(stage.look("www.test")::isKnown)).isFalse();
            asked.addresses("127.0.0.3");
            names.next();
            assertThat(stage.places()).containsExactly("127.0.0.3");
        }
    }

    @Test
    void anAddressThatAnswersHaveNoLongerStaysKnownForAWhile() throws IOException {
        try (ScriptedNames names = new ScriptedNames();
                NamesStage stage = new NamesStage(names)) {
            stage.follow("www.test", NamesStage.CHOICE, "");
            names.next().addresses("127.0.0.2", "127.0.0.3");
            ScriptedNames.Asked asked = names.next();
            stage.clock.advance(NamesStage.HOLDS.missing().minusNanos(1));
            asked.addresses("127.0.0.3", "127.0.0.4");
            asked = names.next();
            assertThat(known(stage)).containsExactly("127.0.0.2", "127.0.0.3", "127.0.0.4");
            assertThat(stage.places()).containsExactly("127.0.0.2");
            stage.clock.advance(Duration.ofNanos(1));
            asked.addresses("127.0.0.3", "127.0.0.4");
            names.next();
            assertThat(known(stage)).containsExactly("127.0.0.3", "127.0.0.4");
            assertThat(stage.places()).containsExactly("127.0.0.3");
        }
    }

    private static List<String> known(NamesStage stage) {
        return stage.onLoop(stage.look("www.test")::addresses).stream()
                .map(InetAddress::getHostAddress)
                .toList();
    }

    @Test
    void whoFollowsLaterNeedNotAsk() throws IOException {
        try (ScriptedNames names = new ScriptedNames();
                NamesStage stage = new NamesStage(names)) {
            stage.follow("www.test", NamesStage.CHOICE, "");
            names.next().addresses("127.0.0.2");
            names.next();
            stage.follow("WWW.test.", NamesStage.CHOICE, "");
            assertThat(stage.places()).containsExactly("127.0.0.2", "127.0.0.2");
            assertThat(stage.count("sent")).isEqualTo("2");
        }
    }

    @Test
    void aNameThatNobodyFollowsIsForgotten() throws IOException {
        try (ScriptedNames names = new ScriptedNames();
                NamesStage stage = new NamesStage(names)) {
            stage.follow("other.test", NamesStage.CHOICE, "");
            ScriptedNames.Asked other = names.next();
            stage.follow("www.test", NamesStage.CHOICE, "");
            names.next().addresses("127.0.0.2");
            ScriptedNames.Asked left = names.next();
            Look look = stage.look("www.test");
            stage.endLast();
            left.addresses("127.0.0.3");
            other.addresses("127.0.0.4");
            assertThat(names.next().what()).isEqualTo("A other.test");
            assertThat(stage.onLoop(look::addresses))
                    .as("what came too late is not heard")
                    .containsExactly(ScriptedNames.address("127.0.0.2"));
            assertThat(stage.look("www.test")).isNotSameAs(look);
        }
    }

    @Test
    void aServiceIsAskedForAndThenTheHostsOfItsPlaces() throws IOException {
        try (ScriptedNames names = new ScriptedNames();
                NamesStage stage = new NamesStage(names)) {
            stage.followService("_http._tcp.test", 1);
            ScriptedNames.Asked service = names.next();
            assertThat(service.what()).isEqualTo("SRV _http._tcp.test");
            service.places(NameQuestion.place("a.test", 8081, 300));
            ScriptedNames.Asked host = names.next();
            if (host.what().startsWith("SRV")) {
                host = names.next();
            }
            assertThat(host.what()).isEqualTo("A a.test");
            host.addresses("127.0.0.2");
            stage.awaitPlaces("127.0.0.2:8081");
            assertThat(stage.weights()).as("in steps of 256").containsExactly(2);
        }
    }
}
