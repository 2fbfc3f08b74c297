package dev.fairlead.engine.route;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.text.Addresses;
import dev.fairlead.engine.text.ForwardedAddress;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.engine.trace.Tracer;
import dev.fairlead.model.http.ClientAddressSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes the client's address from what a trusted proxy says.
final class ClientAddress {
    private final ClientAddressSource source;
    private final @Nullable FieldName field;

    ClientAddress(ClientAddressSource source) {
        this.source = source;
        this.field = switch (source.from()) {
            case ClientAddressSource.From.Header header -> FieldName.of(header.name());
            case ClientAddressSource.From.ProxyProtocol proxyProtocol -> null;
        };
    }

    void apply(Exchange exchange, Passage passage) {
        if (source.trusted().isEmpty() || passage.isClientReplaced()) {
            return;
        }
        byte[] peer = Addresses.unmapped(exchange.connection().remote().address());
        if (!ForwardedAddress.isIn(source.trusted(), peer)) {
            return;
        }
        Optional<Peer> client = field == null ? exchange.connection().proxiedClient() : named(exchange, field);
        if (client.isPresent()) {
            exchange.client(client.get());
            passage.clientReplaced();
            Tracer tracer = exchange.tracer();
            if (tracer != null) {
                tracer.saw(new Event.ClientNamed(client.get().text()));
            }
        }
    }

    private Optional<Peer> named(Exchange exchange, FieldName name) {
        return ForwardedAddress.find(exchange.head().fields(), name, source.trusted(), source.recursive())
                .flatMap(entry -> Addresses.parse(ForwardedAddress.withoutPort(entry))
                        .map(address -> Peer.of(address, ForwardedAddress.port(entry))));
    }
}
