package dev.fairlead.engine.app.environ;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.model.app.RequestView;
import dev.fairlead.model.net.AddressRange;

/// The peers whose word about the client counts, gunicorn's `forwarded_allow_ips`: a peer on a unix socket always
/// does.
final class TrustedPeers {
    private final AddressRange.Block[] blocks;
    private final boolean isEveryone;

    TrustedPeers(RequestView view) {
        blocks = view.trusted().stream()
                .filter(AddressRange.Block.class::isInstance)
                .map(AddressRange.Block.class::cast)
                .toArray(AddressRange.Block[]::new);
        isEveryone = view.trustsAll() || view.trusted().stream().anyMatch(AddressRange.Everyone.class::isInstance);
    }

    boolean isEveryone() {
        return isEveryone;
    }

    boolean contains(Peer peer) {
        return peer.isUnix() || contains(peer.address());
    }

    /// @param address 4 or 16 bytes in network order
    boolean contains(byte[] address) {
        if (isEveryone) {
            return true;
        }
        for (AddressRange.Block block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
