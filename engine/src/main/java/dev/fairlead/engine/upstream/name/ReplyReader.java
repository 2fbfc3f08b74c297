package dev.fairlead.engine.upstream.name;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds in the answer of a name server what was asked for. Whoever sent it may mean harm: only records of the host
/// that was asked for count, or of the one it is another name of.
final class ReplyReader {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final long LONGEST_SECONDS = 0x7fff_ffffL;

    private final Question question;
    private final DnsResponse message;
    private String name;
    private long seconds = LONGEST_SECONDS;
    private boolean isAlias;
    private final List<InetAddress> addresses = new ArrayList<>();
    private final List<Found> services = new ArrayList<>();
    private final Map<String, List<InetAddress>> besides = new HashMap<>();

    private record Found(String host, int port, int weight) {}

    private ReplyReader(Question question, DnsResponse message) {
        this.question = question;
        this.message = message;
        this.name = question.host();
    }

    /// @param message one that [Question#isAnsweredBy] the question
    static Reply read(Question question, DnsResponse message) {
        try {
            return new ReplyReader(question, message).reply();
        } catch (DecoderException | IndexOutOfBoundsException | UnknownHostException bad) {
            return new Reply.Nothing(Reply.Trouble.INVALID);
        }
    }

    private Reply reply() throws UnknownHostException {
        DnsResponseCode code = message.code();
        if (!code.equals(DnsResponseCode.NOERROR)) {
            return new Reply.Nothing(
                    code.equals(DnsResponseCode.NXDOMAIN)
                            ? Reply.Trouble.UNKNOWN
                            : code.equals(DnsResponseCode.REFUSED) ? Reply.Trouble.REFUSED : Reply.Trouble.OTHER);
        }
        boolean isService = question.kind().equals(DnsRecordType.SRV);
        // What is left out of a list of places of a service does not spoil the others.
        if (!isService && message.isTruncated()) {
            return new Reply.Nothing(Reply.Trouble.TRUNCATED);
        }
        for (int i = 0; i < message.count(DnsSection.ANSWER); i++) {
            answer(message.recordAt(DnsSection.ANSWER, i));
        }
        for (int i = 0; isService && i < message.count(DnsSection.ADDITIONAL); i++) {
            besides(message.recordAt(DnsSection.ADDITIONAL, i));
        }
        if (isService ? services.isEmpty() : addresses.isEmpty()) {
            return new Reply.Nothing(isAlias ? Reply.Trouble.ALIAS : Reply.Trouble.EMPTY);
        }
        return new Reply.Found(addresses, places(), seconds, isAlias);
    }

    private List<Reply.Service> places() {
        List<Reply.Service> places = new ArrayList<>();
        for (Found each : services) {
            Reply.Service place = new Reply.Service(
                    each.host(), each.port(), each.weight(), besides.getOrDefault(each.host(), List.of()));
            if (places.stream().noneMatch(place::isSamePlace)) {
                places.add(place);
            }
        }
        return places;
    }

    private void answer(DnsRecord record) throws UnknownHostException {
        boolean isAboutIt = record.dnsClass() == DnsRecord.CLASS_IN
                && Question.plain(record.name()).equals(name);
        if (!isAboutIt || !(record instanceof DnsRawRecord raw)) {
            return;
        }
        ByteBuf content = raw.content().duplicate();
        boolean counts = true;
        if (raw.type().equals(DnsRecordType.CNAME)) {
            name = host(content);
            isAlias = true;
        } else if (!raw.type().equals(question.kind())) {
            counts = false;
        } else if (raw.type().equals(DnsRecordType.SRV)) {
            content.skipBytes(2);
            int weight = content.readUnsignedShort();
            int port = content.readUnsignedShort();
            services.add(new Found(host(content), port, weight));
        } else if (isAddress(raw)) {
            InetAddress address = address(content);
            if (!addresses.contains(address)) {
                addresses.add(address);
            }
        } else {
            throw new IndexOutOfBoundsException(content.readableBytes());
        }
        seconds = counts ? Math.min(seconds, raw.timeToLive() & LONGEST_SECONDS) : seconds;
    }

    private void besides(DnsRecord record) throws UnknownHostException {
        if (record.dnsClass() == DnsRecord.CLASS_IN && record instanceof DnsRawRecord raw && isAddress(raw)) {
            besides.computeIfAbsent(Question.plain(record.name()), host -> new ArrayList<>())
                    .add(address(raw.content().duplicate()));
        }
    }

    private static boolean isAddress(DnsRawRecord record) {
        int length = record.content().readableBytes();
        return (record.type().equals(DnsRecordType.A) && length == IPV4_BYTES)
                || (record.type().equals(DnsRecordType.AAAA) && length == IPV6_BYTES);
    }

    private static InetAddress address(ByteBuf content) throws UnknownHostException {
        byte[] bytes = new byte[content.readableBytes()];
        content.readBytes(bytes);
        return InetAddress.getByAddress(bytes);
    }

    private static String host(ByteBuf content) {
        return Question.plain(DefaultDnsRecordDecoder.decodeName(content));
    }
}
