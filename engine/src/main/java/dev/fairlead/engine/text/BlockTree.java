package dev.fairlead.engine.text;

import dev.fairlead.model.net.AddressRange;
import org.jspecify.annotations.Nullable;

/// Values by address block; the most specific block that contains an address is found in at most as many steps
/// as the address has bits.
final class BlockTree<T> {
    private final Node<T> four = new Node<>();
    private final Node<T> six = new Node<>();

    void put(AddressRange.Block block, T value) {
        byte[] network = block.network();
        Node<T> node = network.length == 4 ? four : six;
        for (int bit = 0; bit < block.prefixLength(); bit++) {
            node = node.child(isSet(network, bit));
        }
        node.value = value;
    }

    @Nullable
    T find(byte[] address) {
        if (address.length == 0) {
            return null;
        }
        Node<T> node = address.length == 4 ? four : six;
        T best = node.value;
        int bits = address.length * 8;
        for (int bit = 0; bit < bits; bit++) {
            node = isSet(address, bit) ? node.one : node.zero;
            if (node == null) {
                break;
            }
            if (node.value != null) {
                best = node.value;
            }
        }
        return best;
    }

    private static boolean isSet(byte[] address, int bit) {
        return (address[bit >> 3] & 0x80 >> (bit & 7)) != 0;
    }

    private static final class Node<T> {
        private @Nullable Node<T> zero;
        private @Nullable Node<T> one;
        private @Nullable T value;

        Node<T> child(boolean isOne) {
            Node<T> next = isOne ? one : zero;
            if (next == null) {
                next = new Node<>();
                if (isOne) {
                    one = next;
                } else {
                    zero = next;
                }
            }
            return next;
        }
    }
}
