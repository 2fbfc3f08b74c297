package dev.fairlead.engine.app;

import dev.fairlead.engine.http.Peer;
import dev.fairlead.model.app.RequestView;
import dev.fairlead.model.net.AddressRange;

/// The peers whose word about the client counts, gunicorn's `forwarded_allow_ips`: a peer on a unix socket always
/// does.
final class TrustedPeers {
    private final AddressRange[] ranges;
    private final boolean isEveryone;

    TrustedPeers(RequestView view) {
        ranges = view.trusted().toArray(AddressRange[]::new);
        isEveryone = view.trustsAll();
    }

    boolean isEveryone() {
        return isEveryone;
    }

    boolean contains(Peer peer) {
        return isEveryone || peer.isUnix() || contains(peer.address());
    }

    /// @param address 4 or 16 bytes in network order
    boolean contains(byte[] address) {
        for (AddressRange range : ranges) {
            boolean isInside = switch (range) {
                case AddressRange.Everyone everyone -> true;
                case AddressRange.UnixClients unix -> false;
                case AddressRange.Block block -> block.contains(address);
            };
            if (isInside) {
                return true;
            }
        }
        return false;
    }
}
