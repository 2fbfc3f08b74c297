package dev.fairlead.engine.upstream.name;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.dns.DatagramDnsResponseDecoder;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Takes the messages of a name server apart, by whichever transport they came. Netty's decoder leaves out records
/// that are not all there; here such a message is none, unless it says that it is cut.
final class Messages extends DatagramDnsResponseDecoder {
    private static final int LEAST = 12;
    private static final int ANSWERS = 6;

    private final InetSocketAddress from;

    /// @param from who sends them
    Messages(InetSocketAddress from) {
        this.from = from;
    }

    /// @param message which stays the caller's
    /// @return to be released; empty for what is no such message
    Optional<DnsResponse> read(ByteBuf message) {
        if (message.readableBytes() < LEAST) {
            return Optional.empty();
        }
        int answers = message.getUnsignedShort(message.readerIndex() + ANSWERS);
        DnsResponse response;
        // Netty's decoder counts from the first byte of the whole buffer that a message is a part of.
        ByteBuf whole = Unpooled.copiedBuffer(message);
        try {
            response = decodeResponse(null, new DatagramPacket(whole, from, from));
        } catch (Exception noMessage) {
            return Optional.empty();
        } finally {
            whole.release();
        }
        if (!response.isTruncated() && response.count(DnsSection.ANSWER) != answers) {
            response.release();
            return Optional.empty();
        }
        return Optional.of(response);
    }
}
