package dev.fairlead.model.tls;

import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// TLS as a listener offers it for one virtual host.
///
/// @param identities at least one; several of different key types may be given, the client's abilities choose
/// @param ciphers OpenSSL cipher list for TLS 1.2 and below, empty for the library's default
/// @param curves key-exchange groups by OpenSSL name in order of preference, empty for the library's default
/// @param sessionCacheEntries sessions kept by the server; 0 for none
/// @param sessionTimeout how long a session may be resumed
/// @param sessionTickets whether sessions may be kept by the client as tickets
/// @param ticketKeys paths of ticket-key files, newest first; empty for random keys
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
        Span origin) {}
