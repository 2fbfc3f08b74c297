package dev.fairlead.engine.app.environ;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import io.netty.util.NetUtil;
import java.util.Optional;

/// Whom trusted peers say a request is from: the last `X-Forwarded-For` address that is not trusted itself, read
/// from the right, the way uvicorn's middleware for proxies does it.
final class ForwardedClient {
    private final TrustedPeers trusted;

    ForwardedClient(TrustedPeers trusted) {
        this.trusted = trusted;
    }

    /// The client's address as the header has it, if the peer is trusted and there is one.
    Optional<String> of(Exchange exchange) {
        Fields fields = exchange.head().fields();
        int field = last(fields);
        if (field < 0 || !trusted.contains(exchange.connection().remote())) {
            return Optional.empty();
        }
        String chosen = choose(fields.value(field));
        return chosen.isEmpty() ? Optional.empty() : Optional.of(chosen);
    }

    private static int last(Fields fields) {
        int last = -1;
        for (int field = fields.first(FieldName.X_FORWARDED_FOR);
                field >= 0;
                field = fields.next(FieldName.X_FORWARDED_FOR, field)) {
            last = field;
        }
        return last;
    }

    private String choose(String list) {
        int first = list.indexOf(',');
        String leftmost = (first < 0 ? list : list.substring(0, first)).trim();
        if (trusted.isEveryone()) {
            return leftmost;
        }
        int end = list.length();
        while (end >= 0) {
            int comma = list.lastIndexOf(',', end - 1);
            String host = list.substring(comma + 1, end).trim();
            if (!isTrusted(host)) {
                return host;
            }
            end = comma;
        }
        return leftmost;
    }

    private boolean isTrusted(String host) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        return address != null && trusted.contains(address);
    }
}
