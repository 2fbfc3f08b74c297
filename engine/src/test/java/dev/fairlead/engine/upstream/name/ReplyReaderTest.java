package dev.fairlead.engine.upstream.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplyReaderTest {
    private static final int ID = 0x1234;
    private static final Question HOST =
            Question.about("WWW.example.", Question.Kind.A).orElseThrow();
    private static final Question SERVICE =
            Question.about("_http._tcp.example", Question.Kind.SRV).orElseThrow();
    private static final String HOST_ASKED = "03777777 076578616d706c65 00 0001 0001";
    private static final String SERVICE_ASKED = "055f68747470 045f746370 076578616d706c65 00 0021 0001";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    private static byte[] answer(String counts, String rest) {
        return bytes("1234 8180 0001 " + counts + HOST_ASKED + rest);
    }

    private static Reply read(String counts, String rest) {
        return ReplyReader.read(HOST, answer(counts, rest));
    }

    private static Reply.Trouble trouble(Reply reply) {
        return reply instanceof Reply.Nothing(Reply.Trouble why) ? why : Reply.Trouble.SILENT;
    }

    @Test
    void aQuestionIsOneWithRoomForTheAnswer() {
        assertThat(HOST.message(ID, 4096))
                .isEqualTo(bytes("1234 0100 0001 0000 0000 0001" + HOST_ASKED + "00 0029 1000 00000000 0000"));
    }

    @Test
    void whatIsNoNameIsNotAskedFor() {
        for (String bad :
                new String[] {"", ".", "a..b", ".a", "a b", "a".repeat(64), "a.".repeat(127) + "a", "\u00e4"}) {
            assertThat(Question.about(bad, Question.Kind.A)).as(bad).isEmpty();
        }
    }

    @Test
    void addressesAreFound() {
        Reply reply = read(
                "0002 0000 0000", "c00c 0001 0001 0000003c 0004 7f000001" + "c00c 0001 0001 0000000a 0004 7f000002");
        assertThat(reply).isInstanceOfSatisfying(Reply.Found.class, found -> {
            assertThat(found.addresses()).extracting(Object::toString).containsExactly("/127.0.0.1", "/127.0.0.2");
            assertThat(found.seconds()).isEqualTo(10);
        });
    }

    @Test
    void anotherNameIsFollowedAndWhatBelongsToNeitherIsNot() {
        Reply reply = read(
                "0003 0000 0000",
                "c00c 0005 0001 0000003c 0004 0161 c010"
                        + "0162 c010 0001 0001 0000003c 0004 7f000009"
                        + "0141 c010 0001 0001 0000003c 0004 7f000001");
        assertThat(reply).isInstanceOfSatisfying(Reply.Found.class, found -> {
            assertThat(found.addresses()).extracting(Object::toString).containsExactly("/127.0.0.1");
            assertThat(found.isAlias()).isTrue();
        });
    }

    @Test
    void placesOfAServiceHaveHostsPortsSharesAndWhatCameAlong() {
        Reply reply = ReplyReader.read(
                SERVICE,
                bytes("1234 8180 0001 0002 0000 0001" + SERVICE_ASKED
                        + "c00c 0021 0001 0000003c 000a 0001 0100 1f90 0161 c017"
                        + "c00c 0021 0001 0000003c 000a 0001 0000 1f91 0162 c017"
                        + "0161 c017 0001 0001 0000003c 0004 7f000001"));
        assertThat(reply).isInstanceOfSatisfying(Reply.Found.class, found -> {
            assertThat(found.services()).extracting(Reply.Service::host).containsExactly("a.example", "b.example");
            assertThat(found.services()).extracting(Reply.Service::port).containsExactly(8080, 8081);
            assertThat(found.services()).extracting(Reply.Service::weight).containsExactly(256, 0);
            assertThat(found.services().getFirst().addresses())
                    .extracting(Object::toString)
                    .containsExactly("/127.0.0.1");
        });
    }

    @Test
    void whatIsNoAnswerToTheQuestionIsNotTakenForOne() {
        byte[] good = answer("0001 0000 0000", "c00c 0001 0001 0000003c 0004 7f000001");
        assertThat(HOST.isAnsweredBy(good, ID)).isTrue();
        assertThat(HOST.isAnsweredBy(good, ID + 1)).isFalse();
        assertThat(Question.about("www.example", Question.Kind.AAAA)
                        .orElseThrow()
                        .isAnsweredBy(good, ID))
                .isFalse();
        assertThat(Question.about("wwx.example", Question.Kind.A).orElseThrow().isAnsweredBy(good, ID))
                .isFalse();
        byte[] question = good.clone();
        question[2] = 0x01;
        assertThat(HOST.isAnsweredBy(question, ID)).isFalse();
        for (int length = 0; length < HOST.length(); length++) {
            assertThat(HOST.isAnsweredBy(Arrays.copyOf(good, length), ID)).isFalse();
        }
    }

    @Test
    void troubleIsToldApart() {
        assertThat(trouble(ReplyReader.read(HOST, bytes("1234 8183 0001 0000 0000 0000" + HOST_ASKED))))
                .isEqualTo(Reply.Trouble.UNKNOWN);
        assertThat(trouble(ReplyReader.read(HOST, bytes("1234 8185 0001 0000 0000 0000" + HOST_ASKED))))
                .isEqualTo(Reply.Trouble.REFUSED);
        assertThat(trouble(ReplyReader.read(HOST, bytes("1234 8182 0001 0000 0000 0000" + HOST_ASKED))))
                .isEqualTo(Reply.Trouble.OTHER);
        assertThat(trouble(ReplyReader.read(HOST, bytes("1234 8380 0001 0001 0000 0000" + HOST_ASKED))))
                .isEqualTo(Reply.Trouble.TRUNCATED);
        assertThat(trouble(read("0000 0000 0000", ""))).isEqualTo(Reply.Trouble.EMPTY);
        assertThat(trouble(read("0001 0000 0000", "c00c 0005 0001 0000003c 0004 0161 c010")))
                .isEqualTo(Reply.Trouble.ALIAS);
    }

    @Test
    void namesThatLeadToThemselvesAndCountsWithoutBytesEnd() {
        for (String rest : new String[] {
            "c01d 0001 0001 0000003c 0004 7f000001",
            "c0ff 0001 0001 0000003c 0004 7f000001",
            "8001 0001 0001 0000003c 0004 7f000001",
            "c00c 0001 0001 0000003c 0005 7f00000101",
            "c00c 0001 0001 0000003c 0400 7f000001",
            "c00c 0005 0001 0000003c 0002 c029",
            "c00c"
        }) {
            assertThat(trouble(read("0001 0000 0000", rest))).as(rest).isEqualTo(Reply.Trouble.INVALID);
        }
        assertThat(trouble(read("ffff ffff ffff", "c00c 0001 0001 0000003c 0004 7f000001")))
                .isEqualTo(Reply.Trouble.INVALID);
    }

    @Test
    void noiseDoesNoHarm() {
        Random random = new Random(4711);
        byte[] good = bytes("1234 8180 0001 0002 0000 0001" + SERVICE_ASKED
                + "c00c 0021 0001 0000003c 000a 0001 0100 1f90 0161 c017"
                + "c00c 0021 0001 0000003c 000a 0001 0000 1f91 0162 c017"
                + "0161 c017 0001 0001 0000003c 0004 7f000001");
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = Arrays.copyOf(good, SERVICE.length() + random.nextInt(good.length - SERVICE.length() + 1));
            for (int j = random.nextInt(6); j > 0; j--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            assertThat(ReplyReader.read(SERVICE, bad)).isNotNull();
        }
        assertThat(new String(good, StandardCharsets.ISO_8859_1)).contains("http");
    }
}
