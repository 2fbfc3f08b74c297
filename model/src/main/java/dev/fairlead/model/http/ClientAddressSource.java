package dev.fairlead.model.http;

import dev.fairlead.model.net.AddressRange;
import java.util.List;

/// Whether and from where the client's address is taken when a trusted proxy connects.
///
/// @param trusted peers that may say it; empty switches it off
/// @param from where it is said
/// @param recursive whether trusted addresses at the end of a list are skipped
public record ClientAddressSource(List<AddressRange> trusted, From from, boolean recursive) {
    public static final ClientAddressSource NONE =
            new ClientAddressSource(List.of(), new From.Header("x-real-ip"), false);

    /// Where the address is said.
    public sealed interface From {
        /// @param name lower case; `x-forwarded-for` is read as a list from its end
        record Header(String name) implements From {}

        record ProxyProtocol() implements From {}
    }
}
