package dev.fairlead.engine.stream;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.text.Attribute;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The cookie in the first message of a client of the Remote Desktop Protocol (MS-RDPBCGR, 2.2.1.1): behind the
/// heads of TPKT and X.224 stands `Cookie: mstshash=user`, or `Cookie: msts=…` of one whom a broker has sent here.
///
/// @param name empty where there is no cookie
record RdpRequest(String name, String value) {
    static final RdpRequest NONE = new RdpRequest("", "");

    private static final int VERSION = 3;
    private static final int HEADS = 11;
    private static final String FIELD = "Cookie:";

    /// @param in not consumed
    /// @return null where more has to come
    static @Nullable RdpRequest read(ByteBuf in) {
        int start = in.readerIndex();
        if (in.isReadable() && in.getUnsignedByte(start) != VERSION) {
            return NONE;
        }
        if (in.readableBytes() <= HEADS) {
            return null;
        }
        String text = in.toString(start + HEADS, in.readableBytes() - HEADS, StandardCharsets.ISO_8859_1);
        if (!text.regionMatches(true, 0, FIELD, 0, Math.min(text.length(), FIELD.length()))) {
            return NONE;
        }
        int end = text.indexOf('\r');
        int lineFeed = text.indexOf('\n');
        if (end < 0 || end + 1 == text.length()) {
            return lineFeed < 0 ? null : NONE;
        }
        if (lineFeed != end + 1 || end < FIELD.length()) {
            return NONE;
        }
        String cookie = text.substring(FIELD.length(), end).replaceFirst("^ +", "");
        int equals = cookie.indexOf('=');
        return equals <= 0 ? NONE : new RdpRequest(cookie.substring(0, equals), cookie.substring(equals + 1));
    }

    /// For conditions and texts about the connection.
    void tell(Exchange exchange) {
        if (!name.isEmpty()) {
            exchange.values().fact(Attribute.RDP_COOKIE, name + "=" + value);
            exchange.values().fact(Attribute.RDP_COOKIE_VALUE, value);
        }
    }
}
