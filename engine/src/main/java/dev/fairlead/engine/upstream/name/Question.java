package dev.fairlead.engine.upstream.name;

import io.netty.handler.codec.dns.AbstractDnsOptPseudoRrRecord;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsOpCode;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;

/// What a name server is asked.
///
/// @param host in lower case, without a dot behind
record Question(String host, DnsRecordType kind) {
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 253;

    /// A question about a host; empty for what is no name.
    static Optional<Question> about(String host, DnsRecordType kind) {
        String name = plain(host);
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty()
                    || label.length() > LONGEST_LABEL
                    || !label.chars().allMatch(c -> c > ' ' && c < 127)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Question(name, kind));
    }

    /// In lower case, without a dot behind.
    static String plain(String host) {
        return (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).toLowerCase(Locale.ROOT);
    }

    /// The message.
    ///
    /// @param id tells the answer from others
    /// @param answerSize most bytes of an answer
    DnsQuery query(InetSocketAddress to, int id, int answerSize) {
        return new DatagramDnsQuery(null, to, id)
                .setRecursionDesired(true)
                .setRecord(DnsSection.QUESTION, new DefaultDnsQuestion(host, kind))
                .setRecord(DnsSection.ADDITIONAL, new Room(answerSize));
    }

    /// Says how large an answer may be (RFC 6891, section 6.2.3).
    private static final class Room extends AbstractDnsOptPseudoRrRecord {
        private Room(int bytes) {
            super(bytes, 0, 0);
        }
    }

    /// Whether a message is an answer to this question, asked with that identifier.
    boolean isAnsweredBy(DnsResponse message, int id) {
        return message.id() == id
                && message.opCode().equals(DnsOpCode.QUERY)
                && message.count(DnsSection.QUESTION) == 1
                && message.recordAt(DnsSection.QUESTION) instanceof DnsQuestion asked
                && asked.type().equals(kind)
                && asked.dnsClass() == DnsRecord.CLASS_IN
                && plain(asked.name()).equals(host);
    }
}
