package dev.fairlead.model.tls;

import java.util.List;
import java.util.Optional;

/// What the certificate of the other side has to be, besides what its authorities vouch for.
///
/// @param chain whether an authority has to vouch for it
/// @param pinned whether it has to be among the authorities itself
/// @param hosts names one of which it has to bear; empty for any
/// @param emails addresses one of which it has to bear; empty for any
/// @param addresses IP addresses one of which it has to bear; empty for any
/// @param folder of further authorities, files named by hash as OpenSSL does
/// @param revocationFolder of further lists of what authorities have revoked, files named by hash
/// @param status who is asked whether it is still good; empty for nobody
public record PeerChecks(
        boolean chain,
        boolean pinned,
        List<String> hosts,
        List<String> emails,
        List<String> addresses,
        Optional<String> folder,
        Optional<String> revocationFolder,
        Optional<OnlineStatus> status) {
    /// The authorities' word is enough.
    public static final PeerChecks CHAIN = new PeerChecks(
            true, false, List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    public PeerChecks {
        hosts = List.copyOf(hosts);
        emails = List.copyOf(emails);
        addresses = List.copyOf(addresses);
    }
}
