package dev.fairlead.model.net;

/// A set of client addresses: everything, every unix-socket client, or a CIDR block.
public sealed interface AddressRange {
    record Everyone() implements AddressRange {}

    record UnixClients() implements AddressRange {}

    /// An IPv4 (4 bytes) or IPv6 (16 bytes) network; the bits behind `prefixLength` are zero.
    @SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
    record Block(byte[] network, int prefixLength) implements AddressRange {
        public Block {
            network = network.clone();
        }

        @Override
        public byte[] network() {
            return network.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Block block
                    && block.prefixLength == prefixLength
                    && java.util.Arrays.equals(block.network, network);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(network) * 31 + prefixLength;
        }

        /// True when the address lies inside; addresses of the other family never do.
        public boolean contains(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            int whole = prefixLength / 8;
            for (int i = 0; i < whole; i++) {
                if (address[i] != network[i]) {
                    return false;
                }
            }
            int rest = prefixLength % 8;
            return rest == 0 || ((address[whole] ^ network[whole]) & (0xff00 >> rest) & 0xff) == 0;
        }
    }
}
