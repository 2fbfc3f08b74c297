package dev.fairlead.engine.upstream.balance;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.ServerGroup;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The server that a broker of desktops has named in a cookie: `3640205228.15629.0000` is 172.31.249.216:3389, both
/// numbers with their bytes in reverse order.
record RdpBond(Text cookie) implements Bonds.Bond {
    private static final Pattern PLACE = Pattern.compile("(\\d{1,10})\\.(\\d{1,5})\\..*");

    @Override
    public boolean recall(Exchange exchange, ServerGroup group, Recollection into) {
        Matcher place = PLACE.matcher(cookie.of(exchange));
        if (into.server() != null || !place.matches()) {
            return false;
        }
        long address = Long.parseLong(place.group(1));
        int port = Short.toUnsignedInt(Short.reverseBytes((short) Integer.parseInt(place.group(2))));
        for (Member member : group.members()) {
            if (isAt(member, address, port) && into.mayBind(member)) {
                into.bind(member);
                return false;
            }
        }
        return false;
    }

    private static boolean isAt(Member member, long address, int port) {
        return member.state().address() instanceof InetSocketAddress inet
                && inet.getPort() == port
                && reversed(inet).stream().anyMatch(number -> number == address);
    }

    private static OptionalLong reversed(InetSocketAddress address) {
        if (!(address.getAddress() instanceof Inet4Address four)) {
            return OptionalLong.empty();
        }
        byte[] bytes = four.getAddress();
        long number = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            number = (number << 8) | (bytes[i] & 0xff);
        }
        return OptionalLong.of(number);
    }

    @Override
    public boolean answered(Exchange exchange, Member server, Recollection recollection, boolean isTelling) {
        return false;
    }

    @Override
    public boolean competesWith(Bonds.Bond other) {
        return false;
    }
}
