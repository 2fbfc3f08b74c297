package dev.fairlead.engine.text;

import dev.fairlead.model.net.AddressRange;
import java.util.List;

/// Address ranges, looked up in as many steps as an address has bits at most.
final class Networks {
    private final BlockTree<Boolean> blocks = new BlockTree<>();
    private boolean hasEveryone;
    private boolean hasUnixClients;

    Networks(List<AddressRange> ranges) {
        for (AddressRange range : ranges) {
            switch (range) {
                case AddressRange.Everyone everyone -> hasEveryone = true;
                case AddressRange.UnixClients unix -> hasUnixClients = true;
                case AddressRange.Block block -> blocks.put(block, Boolean.TRUE);
            }
        }
    }

    boolean contain(byte[] address) {
        return hasEveryone || (address.length == 0 ? hasUnixClients : blocks.find(Addresses.unmapped(address)) != null);
    }
}
