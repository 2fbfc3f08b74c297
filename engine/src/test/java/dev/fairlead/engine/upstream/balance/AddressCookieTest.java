package dev.fairlead.engine.upstream.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class AddressCookieTest {
    @Test
    void itIsWhatHaproxyMakesOfSecretAddressAndPort() {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 28102);
        assertThat(AddressCookie.of("topsecret", address)).isEqualTo("fed887080c348845");
    }

    @Test
    void aSocketWithoutAPortHasNone() {
        assertThat(AddressCookie.of("topsecret", new DomainSocketAddress("/run/app.sock")))
                .isEmpty();
    }
}
