package dev.fairlead.engine.route;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.http.Redirects;

/// Puts the fields on an answer that were decided on the way to it: the Location of a redirect, the challenge
/// of a 401. They stay when an error page is found elsewhere. The first filter of every place.
final class Redirection implements HeadFilter {
    @Override
    public void apply(Exchange exchange) {
        int status = exchange.response().status();
        if (status != 200 && status != 206 && status != 304) {
            // A page of an error has no time of its own.
            exchange.response().lastModified(Response.UNKNOWN);
        }
        Passage passage = Passage.of(exchange);
        String location = passage.location();
        String challenge = passage.challenge();
        Fields fields = exchange.response().fields();
        Fields kept = exchange.keptFields();
        if (kept != null) {
            for (int field = 0; field < kept.size(); field++) {
                fields.addFrom(kept, field);
            }
        }
        if (location != null) {
            fields.set(FieldName.LOCATION, complete(exchange, location));
        }
        if (challenge != null) {
            fields.set(FieldName.WWW_AUTHENTICATE, challenge);
        }
    }

    /// A path gets scheme, host and port put in front as the place says.
    static String complete(Exchange exchange, String location) {
        Redirects redirects = exchange.place().settings().redirects();
        if (!redirects.absolute() || !location.startsWith("/")) {
            return location;
        }
        boolean isTls = exchange.connection().isTls();
        StringBuilder url = new StringBuilder(location.length() + 48);
        url.append(isTls ? "https://" : "http://").append(host(exchange, redirects));
        int port = exchange.connection().local().port();
        if (redirects.withPort() && port > 0 && port != (isTls ? 443 : 80)) {
            url.append(':').append(port);
        }
        return url.append(location).toString();
    }

    private static String host(Exchange exchange, Redirects redirects) {
        if (redirects.withServerName() && exchange.place() instanceof Spot spot) {
            return spot.serverName();
        }
        String asked = exchange.head().host();
        if (!asked.isEmpty()) {
            return asked;
        }
        Peer local = exchange.connection().local();
        return local.address().length == 16 ? "[" + local.text() + "]" : local.text();
    }
}
