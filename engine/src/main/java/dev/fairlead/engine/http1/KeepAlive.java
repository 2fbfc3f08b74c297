package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.model.http.Connection;

/// Whether a connection is kept behind a response.
final class KeepAlive {
    private KeepAlive() {}

    static boolean allows(Exchange exchange, Connection settings, long nowNanos) {
        if (exchange.response().closesConnection() || settings.keepAlive().isZero()) {
            return false;
        }
        if (exchange.connection().requests() >= settings.keepAliveRequests()) {
            return false;
        }
        long age = nowNanos - exchange.connection().openedNanos();
        return age <= settings.keepAliveAge().toNanos() && !isOldBrowser(exchange, settings);
    }

    private static boolean isOldBrowser(Exchange exchange, Connection settings) {
        if (settings.keepAliveDisabled().isEmpty()) {
            return false;
        }
        boolean distrustsMsie = settings.keepAliveDisabled().contains(Connection.OldBrowser.MSIE6)
                && exchange.head().method() == Method.POST;
        boolean distrustsSafari = settings.keepAliveDisabled().contains(Connection.OldBrowser.SAFARI);
        if (!distrustsMsie && !distrustsSafari) {
            return false;
        }
        String agent = exchange.head().fields().value(FieldName.USER_AGENT);
        return (distrustsMsie && isMsie6(agent)) || (distrustsSafari && isSafari(agent));
    }

    private static boolean isMsie6(String agent) {
        int at = agent.indexOf("MSIE ");
        if (at < 0 || agent.length() < at + 7 || agent.contains("Opera")) {
            return false;
        }
        char version = agent.charAt(at + 5);
        return agent.charAt(at + 6) == '.' && (version <= '5' || (version == '6' && !agent.contains("SV1")));
    }

    private static boolean isSafari(String agent) {
        return agent.contains("Safari/") && agent.contains("Mac OS X") && !agent.contains("Chrome/");
    }
}
