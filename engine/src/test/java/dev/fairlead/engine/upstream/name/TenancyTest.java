package dev.fairlead.engine.upstream.name;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.NameLookup.Family;
import dev.fairlead.testkit.NameQuestion;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenancyTest {
    private static final NameLookup.Choice SHARING = NamesStage.choice(Family.IPV4, true);

    private static final AddressRange NEAR = new AddressRange.Block(NameQuestion.address("127.0.1.0"), 24);

    private ScriptedNames names;
    private NamesStage stage;

    @BeforeEach
    void open() throws IOException {
        names = new ScriptedNames();
        stage = new NamesStage(names);
    }

    @AfterEach
    void close() {
        stage.close();
        names.close();
    }

    /// Answers the question that waits, when all that was known before is not valid any longer.
    ///
    /// @return the next question, which means that the answer has had its effect
    private ScriptedNames.Asked say(ScriptedNames.Asked asked, String... addresses) {
        stage.clock.advance(NamesStage.HOLDS.missing());
        asked.addresses(addresses);
        return names.next();
    }

    @Test
    void eachServerGetsAnAddressOfItsOwn() {
        stage.follow("www.test", NamesStage.CHOICE, "", "", "");
        say(names.next(), "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5");
        assertThat(stage.places()).containsExactly("127.0.0.2", "127.0.0.3", "127.0.0.4");
    }

    @Test
    void whoHasAnAddressThatIsStillThereKeepsIt() {
        stage.follow("www.test", NamesStage.CHOICE, "", "", "");
        ScriptedNames.Asked next = say(names.next(), "127.0.0.2", "127.0.0.3", "127.0.0.4");
        next = say(next, "127.0.0.9", "127.0.0.4", "127.0.0.2");
        assertThat(stage.places()).containsExactly("127.0.0.2", "127.0.0.9", "127.0.0.4");
        say(next, "127.0.0.4", "127.0.0.9", "127.0.0.2");
        assertThat(stage.places()).containsExactly("127.0.0.2", "127.0.0.9", "127.0.0.4");
    }

    @Test
    void thoseForWhomThereIsNoneAreDownUntilThereIs() {
        stage.follow("www.test", NamesStage.CHOICE, "", "", "");
        ScriptedNames.Asked next = say(names.next(), "127.0.0.2", "127.0.0.3");
        assertThat(stage.places()).containsExactly("127.0.0.2", "127.0.0.3", "-");
        next = say(next, "127.0.0.3");
        assertThat(stage.places()).containsExactly("-", "127.0.0.3", "-");
        say(next, "127.0.0.3", "127.0.0.4", "127.0.0.5");
        assertThat(stage.places()).containsExactly("127.0.0.4", "127.0.0.3", "127.0.0.5");
    }

    @Test
    void thoseThatMaySharePreferWhatNobodyHas() {
        stage.follow("www.test", SHARING, "", "", "");
        say(names.next(), "127.0.0.2", "127.0.0.3");
        assertThat(stage.places()).containsExactly("127.0.0.2", "127.0.0.3", "127.0.0.2");
    }

    @Test
    void groupsDoNotTakeEachOthersAddresses() {
        stage.follow("www.test", NamesStage.CHOICE, "");
        say(names.next(), "127.0.0.2");
        stage.follow("www.test", NamesStage.CHOICE, "");
        assertThat(stage.places()).containsExactly("127.0.0.2", "127.0.0.2");
    }

    @Test
    void theAddressThatAServerBeganWithIsTakenBeforeOthers() {
        stage.follow("www.test", NamesStage.CHOICE, "127.0.0.4", "127.0.0.3");
        say(names.next(), "127.0.0.2", "127.0.0.3", "127.0.0.4");
        assertThat(stage.places()).containsExactly("127.0.0.4", "127.0.0.3");
    }

    /// The family counts for more than the network, and the network for more than where the server was.
    @ParameterizedTest
    @CsvSource({"IPV6_FIRST,[::1]", "IPV4_FIRST,127.0.1.3", "BOTH,127.0.1.3"})
    void familyAndNetworkDecideAmongAddressesThatNobodyHas(Family family, String chosen) {
        stage.follow("www.test", NamesStage.choice(family, false), "");
        ScriptedNames.Asked asked = names.next();
        if (family != Family.BOTH) {
            asked.addresses();
            asked = names.next();
        }
        tell(asked);
        tell(names.next());
        names.next();
        stage.follow("www.test", NamesStage.choice(family, false, NEAR), "127.0.0.2");
        assertThat(stage.places().getLast()).isEqualTo(chosen);
    }

    private static void tell(ScriptedNames.Asked asked) {
        if (asked.what().startsWith("AAAA")) {
            asked.addresses("::1");
        } else {
            asked.addresses("127.0.0.2", "127.0.1.3");
        }
    }

    @Test
    void aNearAddressThatIsTakenIsBetterThanAFarOneThatIsFree() {
        stage.follow("www.test", NamesStage.choice(Family.IPV4, true, NEAR), "", "");
        say(names.next(), "127.0.0.2", "127.0.1.3");
        assertThat(stage.places()).containsExactly("127.0.1.3", "127.0.1.3");
    }

    @Test
    void aBetterAddressThatComesLaterIsNoReasonToMove() {
        stage.follow("www.test", NamesStage.choice(Family.IPV4, false, NEAR), "");
        ScriptedNames.Asked next = say(names.next(), "127.0.0.2");
        say(next, "127.0.1.3", "127.0.0.2");
        assertThat(stage.places()).containsExactly("127.0.0.2");
    }

    @Test
    void serversStandForPlacesOfAServiceAndKeepThem() {
        stage.followService("_http._tcp.test", 3);
        ScriptedNames.Asked next = service(names.next(), "a.test", "b.test", "c.test");
        assertThat(stage.hosts()).containsExactly("a.test", "b.test", "c.test");
        next = service(next, "d.test", "c.test", "a.test");
        assertThat(stage.hosts()).containsExactly("a.test", "d.test", "c.test");
        next = service(next, "c.test");
        assertThat(stage.hosts()).containsExactly("", "", "c.test");
        service(next, "c.test", "e.test");
        assertThat(stage.hosts()).containsExactly("e.test", "", "c.test");
    }

    /// Answers like [#say] with places of a service; what hosts they are at is not told.
    private ScriptedNames.Asked service(ScriptedNames.Asked asked, String... hosts) {
        stage.clock.advance(NamesStage.HOLDS.missing());
        asked.places(Arrays.stream(hosts)
                .map(host -> NameQuestion.place(host, 8081, 1))
                .toArray(byte[][]::new));
        ScriptedNames.Asked next = names.next();
        while (!next.what().startsWith("SRV")) {
            next = names.next();
        }
        return next;
    }
}
