package dev.fairlead.model.tls;

import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// TLS as a listener offers it for one virtual host.
///
/// @param identities at least one; the name that the client asks for chooses where they say so, the first for all
///     other names; of several for a name with different key types the client's abilities choose
/// @param ciphers OpenSSL cipher list for TLS 1.2 and below, empty for the library's default
/// @param curves key-exchange groups by OpenSSL name in order of preference, empty for the library's default
/// @param sessionCacheEntries sessions kept by the server; 0 for none
/// @param sessionTimeout how long a session may be resumed
/// @param sessionTickets whether sessions may be kept by the client as tickets
/// @param ticketKeys paths of ticket-key files, newest first; empty for random keys
/// @param onlyKnownNames whether clients that ask for no name, or one that no identity is for, are turned away
public record TlsServer(
        List<TlsIdentity> identities,
        Set<TlsVersion> versions,
        Optional<String> ciphers,
        List<String> curves,
        int sessionCacheEntries,
        Duration sessionTimeout,
        boolean sessionTickets,
        List<String> ticketKeys,
        Optional<TlsIdentity.ClientAuth> clientAuth,
        boolean rejectHandshake,
        boolean onlyKnownNames,
        Span origin) {
    /// With the first identity for names that are not known.
    public TlsServer(
            List<TlsIdentity> identities,
            Set<TlsVersion> versions,
            Optional<String> ciphers,
            List<String> curves,
            int sessionCacheEntries,
            Duration sessionTimeout,
            boolean sessionTickets,
            List<String> ticketKeys,
            Optional<TlsIdentity.ClientAuth> clientAuth,
            boolean rejectHandshake,
            Span origin) {
        this(
                identities,
                versions,
                ciphers,
                curves,
                sessionCacheEntries,
                sessionTimeout,
                sessionTickets,
                ticketKeys,
                clientAuth,
                rejectHandshake,
                false,
                origin);
    }
}
