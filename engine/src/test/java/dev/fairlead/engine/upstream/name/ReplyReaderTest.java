package dev.fairlead.engine.upstream.name;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.dns.DatagramDnsQueryEncoder;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplyReaderTest {
    private static final int ID = 0x1234;
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);
    private static final Question HOST =
            Question.about("WWW.example.", DnsRecordType.A).orElseThrow();
    private static final Question SERVICE =
            Question.about("_http._tcp.example", DnsRecordType.SRV).orElseThrow();
    private static final String HOST_ASKED = "03777777 076578616d706c65 00 0001 0001";
    private static final String SERVICE_ASKED = "055f68747470 045f746370 076578616d706c65 00 0021 0001";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    /// Where the records of an answer begin.
    private static int asked(Question question) {
        return 12 + question.host().length() + 2 + 4;
    }

    private static byte[] answer(String counts, String rest) {
        return bytes("1234 8180 0001 " + counts + HOST_ASKED + rest);
    }

    private static Reply reply(Question question, byte[] message) {
        Optional<DnsResponse> response = new Messages(SERVER).read(Unpooled.wrappedBuffer(message));
        try {
            return response.map(each -> ReplyReader.read(question, each))
                    .orElseGet(() -> new Reply.Nothing(Reply.Trouble.INVALID));
        } finally {
            response.ifPresent(DnsResponse::release);
        }
    }

    private static boolean isAnswered(Question question, byte[] message, int id) {
        Optional<DnsResponse> response = new Messages(SERVER).read(Unpooled.wrappedBuffer(message));
        boolean isAnswered =
                response.filter(each -> question.isAnsweredBy(each, id)).isPresent();
        response.ifPresent(DnsResponse::release);
        return isAnswered;
    }

    private static byte[] written(Question question, int answerSize) {
        EmbeddedChannel channel = new EmbeddedChannel(new DatagramDnsQueryEncoder());
        channel.writeOutbound(question.query(SERVER, ID, answerSize));
        DatagramPacket packet = channel.readOutbound();
        byte[] bytes = ByteBufUtil.getBytes(packet.content());
        packet.release();
        channel.finish();
        return bytes;
    }

    private static Reply read(String counts, String rest) {
        return reply(HOST, answer(counts, rest));
    }

    private static Reply.Trouble trouble(Reply reply) {
        return reply instanceof Reply.Nothing(Reply.Trouble why) ? why : Reply.Trouble.SILENT;
    }

    @Test
    void aQuestionIsOneWithRoomForTheAnswer() {
        assertThat(written(HOST, 4096))
                .isEqualTo(bytes("1234 0100 0001 0000 0000 0001" + HOST_ASKED + "00 0029 1000 00000000 0000"));
    }

    @Test
    void whatIsNoNameIsNotAskedFor() {
        for (String bad :
                new String[] {"", ".", "a..b", ".a", "a b", "a".repeat(64), "a.".repeat(127) + "a", "\u00e4"}) {
            assertThat(Question.about(bad, DnsRecordType.A)).as(bad).isEmpty();
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
        Reply reply = reply(
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
        assertThat(isAnswered(HOST, good, ID)).isTrue();
        assertThat(isAnswered(HOST, good, ID + 1)).isFalse();
        assertThat(isAnswered(Question.about("www.example", DnsRecordType.AAAA).orElseThrow(), good, ID))
                .isFalse();
        assertThat(isAnswered(Question.about("wwx.example", DnsRecordType.A).orElseThrow(), good, ID))
                .isFalse();
        byte[] question = good.clone();
        question[2] = 0x01;
        assertThat(isAnswered(HOST, question, ID)).isFalse();
        for (int length = 0; length < asked(HOST); length++) {
            assertThat(isAnswered(HOST, Arrays.copyOf(good, length), ID)).isFalse();
        }
    }

    @Test
    void troubleIsToldApart() {
        assertThat(trouble(reply(HOST, bytes("1234 8183 0001 0000 0000 0000" + HOST_ASKED))))
                .isEqualTo(Reply.Trouble.UNKNOWN);
        assertThat(trouble(reply(HOST, bytes("1234 8185 0001 0000 0000 0000" + HOST_ASKED))))
                .isEqualTo(Reply.Trouble.REFUSED);
        assertThat(trouble(reply(HOST, bytes("1234 8182 0001 0000 0000 0000" + HOST_ASKED))))
                .isEqualTo(Reply.Trouble.OTHER);
        assertThat(trouble(reply(HOST, bytes("1234 8380 0001 0001 0000 0000" + HOST_ASKED))))
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
            byte[] bad = Arrays.copyOf(good, asked(SERVICE) + random.nextInt(good.length - asked(SERVICE) + 1));
            for (int j = random.nextInt(6); j > 0; j--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            assertThat(reply(SERVICE, bad)).isNotNull();
        }
        assertThat(new String(good, StandardCharsets.ISO_8859_1)).contains("http");
    }
}
