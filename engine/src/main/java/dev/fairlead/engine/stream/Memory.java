package dev.fairlead.engine.stream;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Values;
import dev.fairlead.model.text.Attribute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What rules have set for one connection, which the exchange of its event loop shows only as long as no other
/// connection is talked about.
final class Memory {
    private static final List<Attribute> FACTS = List.of(
            Attribute.ASKED_ADDRESS,
            Attribute.ASKED_PORT,
            Attribute.CONNECTION_LIMIT_STATUS,
            Attribute.TLS_CLIENT_VERIFY_NUMBER);
    private static final @Nullable String[] NOTHING = new @Nullable String[0];

    private Values.@Nullable Variables variables;
    private @Nullable String[] facts = NOTHING;

    /// Learns what an exchange shows of it.
    void keep(Exchange exchange) {
        Values values = exchange.values();
        variables = values.variables();
        for (int i = 0; i < FACTS.size(); i++) {
            String fact = values.fact(FACTS.get(i));
            if (fact != null) {
                facts = facts.length == 0 ? new @Nullable String[FACTS.size()] : facts;
                facts[i] = fact;
            }
        }
    }

    /// For texts and conditions about the connection.
    void show(Exchange exchange) {
        Values values = exchange.values();
        values.variables(variables);
        for (int i = 0; i < facts.length; i++) {
            String fact = facts[i];
            if (fact != null) {
                values.fact(FACTS.get(i), fact);
            }
        }
    }
}
