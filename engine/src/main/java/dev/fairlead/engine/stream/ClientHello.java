package dev.fairlead.engine.stream;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.text.Attribute;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the first message of a TLS client tells, read without taking part in the handshake (RFC 8446, 4.1.2).
///
/// @param serverName empty if the client asks for none
/// @param protocols offered by ALPN, best first
/// @param version the highest offered, such as `TLSv1.3`
record ClientHello(String serverName, List<String> protocols, String version) {
    /// For connections that are no TLS.
    static final ClientHello NONE = new ClientHello("", List.of(), "");

    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int RECORD_HEAD = 5;
    private static final int MESSAGE_HEAD = 4;
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int RANDOM = 32;

    /// @param in nothing of it is taken
    /// @return null if more is needed to tell; [#NONE] if it is something else
    static @Nullable ClientHello read(ByteBuf in) {
        ByteBuf message = Unpooled.buffer(512);
        int at = in.readerIndex();
        int end = in.writerIndex();
        while (end - at >= 1) {
            if (in.getUnsignedByte(at) != HANDSHAKE || (end - at >= 2 && in.getUnsignedByte(at + 1) != 3)) {
                return NONE;
            }
            if (end - at < RECORD_HEAD) {
                return null;
            }
            int length = in.getUnsignedShort(at + 3);
            int there = Math.min(length, end - at - RECORD_HEAD);
            message.writeBytes(in, at + RECORD_HEAD, there);
            if (message.isReadable() && message.getUnsignedByte(0) != CLIENT_HELLO) {
                return NONE;
            }
            if (isWhole(message)) {
                return parse(message);
            }
            if (there < length || length == 0) {
                return length == 0 ? NONE : null;
            }
            at += RECORD_HEAD + length;
        }
        return null;
    }

    private static boolean isWhole(ByteBuf message) {
        return message.readableBytes() >= MESSAGE_HEAD
                && message.readableBytes() >= MESSAGE_HEAD + message.getUnsignedMedium(1);
    }

    private static ClientHello parse(ByteBuf message) {
        try {
            ByteBuf body = message.slice(MESSAGE_HEAD, message.getUnsignedMedium(1));
            int version = body.readUnsignedShort();
            body.skipBytes(RANDOM);
            body.skipBytes(body.readUnsignedByte());
            body.skipBytes(body.readUnsignedShort());
            body.skipBytes(body.readUnsignedByte());
            return body.isReadable() ? extensions(body.readSlice(body.readUnsignedShort()), version) : of("", version);
        } catch (IndexOutOfBoundsException malformed) {
            return NONE;
        }
    }

    private static ClientHello of(String name, int version) {
        return new ClientHello(name, List.of(), name(version));
    }

    private static ClientHello extensions(ByteBuf all, int oldVersion) {
        String serverName = "";
        List<String> protocols = new ArrayList<>();
        int version = oldVersion;
        while (all.readableBytes() >= 4) {
            int type = all.readUnsignedShort();
            ByteBuf content = all.readSlice(all.readUnsignedShort());
            switch (type) {
                case SERVER_NAME -> serverName = serverName(content);
                case ALPN -> {
                    content.skipBytes(2);
                    while (content.isReadable()) {
                        protocols.add(text(content, content.readUnsignedByte()));
                    }
                }
                case SUPPORTED_VERSIONS -> version = highest(content);
                default -> {}
            }
        }
        return new ClientHello(serverName, List.copyOf(protocols), name(version));
    }

    private static String serverName(ByteBuf content) {
        if (content.readableBytes() < 5) {
            return "";
        }
        content.skipBytes(2);
        return content.readUnsignedByte() == 0 ? text(content, content.readUnsignedShort()) : "";
    }

    private static int highest(ByteBuf content) {
        int highest = 0;
        content.skipBytes(1);
        while (content.readableBytes() >= 2) {
            int offered = content.readUnsignedShort();
            // Values such as 0x3a3a only keep servers from choking on what they do not know (RFC 8701).
            if (offered >> 8 == 3) {
                highest = Math.max(highest, offered);
            }
        }
        return highest;
    }

    private static String text(ByteBuf from, int length) {
        return from.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
    }

    private static String name(int version) {
        return switch (version) {
            case 0x300 -> "SSLv3";
            case 0x301 -> "TLSv1";
            case 0x302 -> "TLSv1.1";
            case 0x303 -> "TLSv1.2";
            case 0x304 -> "TLSv1.3";
            default -> "";
        };
    }

    /// For conditions and texts about the connection.
    void tell(Exchange exchange) {
        exchange.values().fact(Attribute.TLS_OFFERED_PROTOCOLS, String.join(",", protocols));
        exchange.values().fact(Attribute.TLS_OFFERED_VERSION, version);
    }
}
