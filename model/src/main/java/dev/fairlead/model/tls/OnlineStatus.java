package dev.fairlead.model.tls;

import java.time.Duration;
import java.util.Optional;

/// Who is asked, while the handshake waits, whether the certificates of a chain are still good (OCSP, RFC 6960).
/// Roots are not asked about.
///
/// @param responder URL of one who has to call every certificate good
/// @param named whether those that a certificate itself names are asked; one that names nobody passes
/// @param nonce whether answers have to be fresh ones, made for the question
/// @param required whether a certificate about which nothing certain is said is refused, as revoked ones are
/// @param patience how long one of those asked may take
public record OnlineStatus(
        Optional<String> responder, boolean named, boolean nonce, boolean required, Duration patience) {}
