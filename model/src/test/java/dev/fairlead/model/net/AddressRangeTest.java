package dev.fairlead.model.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressRangeTest {
    private static byte[] ip(int... parts) {
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) parts[i];
        }
        return bytes;
    }

    @Test
    void onlyTheBitsOfThePrefixAreCompared() {
        AddressRange.Block block = new AddressRange.Block(ip(10, 1, 128, 0), 17);
        assertThat(block.contains(ip(10, 1, 200, 7))).isTrue();
        assertThat(block.contains(ip(10, 1, 127, 7))).isFalse();
        assertThat(block.contains(ip(10, 2, 200, 7))).isFalse();
    }

    @Test
    void aPrefixOfZeroHoldsEveryAddressOfItsFamily() {
        AddressRange.Block block = new AddressRange.Block(new byte[4], 0);
        assertThat(block.contains(ip(203, 0, 113, 9))).isTrue();
        assertThat(block.contains(new byte[16])).isFalse();
    }

    @Test
    void aWholePrefixHoldsOneAddress() {
        AddressRange.Block block = new AddressRange.Block(ip(192, 0, 2, 1), 32);
        assertThat(block.contains(ip(192, 0, 2, 1))).isTrue();
        assertThat(block.contains(ip(192, 0, 2, 2))).isFalse();
    }

    @Test
    void blocksOfTheSameNetworkAreEqualAndCannotBeChangedFromOutside() {
        byte[] network = ip(192, 0, 2, 0);
        AddressRange.Block block = new AddressRange.Block(network, 24);
        network[0] = 1;
        block.network()[1] = 1;
        assertThat(block).isEqualTo(new AddressRange.Block(ip(192, 0, 2, 0), 24));
    }
}
