package dev.fairlead.model.tls;

import dev.fairlead.model.text.Template;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// TLS as a client of another server speaks it.
///
/// @param ciphers OpenSSL cipher list, empty for the library's default
/// @param identity the certificate shown to the server if it asks
/// @param authorities path of PEM authorities; with `verify`, what the server's certificate is checked against
/// @param verify whether the server's certificate and name are checked
/// @param depth the longest chain accepted
/// @param name what the certificate is checked for and SNI says; empty for the host in the target's URL
/// @param sendServerName whether SNI is sent
/// @param checkName with `verify`, whether the certificate has to bear `name`
/// @param checks with `verify`, what else is asked of the server's certificate
/// @param curves key-exchange groups by OpenSSL name in order of preference, empty for the library's default
/// @param protocols what is offered by ALPN, best first; empty for no ALPN
public record TlsClient(
        Set<TlsVersion> versions,
        Optional<String> ciphers,
        Optional<TlsIdentity> identity,
        Optional<String> authorities,
        Optional<String> revocations,
        boolean verify,
        int depth,
        Optional<Template> name,
        boolean sendServerName,
        boolean checkName,
        PeerChecks checks,
        List<String> curves,
        List<String> protocols,
        Span origin) {
    /// With the usual checks.
    public TlsClient(
            Set<TlsVersion> versions,
            Optional<String> ciphers,
            Optional<TlsIdentity> identity,
            Optional<String> authorities,
            Optional<String> revocations,
            boolean verify,
            int depth,
            Optional<Template> name,
            boolean sendServerName,
            Span origin) {
        this(
                versions,
                ciphers,
                identity,
                authorities,
                revocations,
                verify,
                depth,
                name,
                sendServerName,
                verify,
                PeerChecks.CHAIN,
                List.of(),
                List.of(),
                origin);
    }
}
