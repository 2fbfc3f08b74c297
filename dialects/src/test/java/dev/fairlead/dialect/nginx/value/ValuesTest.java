package dev.fairlead.dialect.nginx.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.nginx.value.Addresses.Parsed;
import dev.fairlead.dialect.nginx.value.Addresses.Purpose;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest(name = "{0} is {1} ms")
    @CsvSource({
        "30,30000",
        "0,0",
        "500ms,500",
        "1h30m,5400000",
        "1h 30m,5400000",
        "1m 5,65000",
        "1d,86400000",
        "1w,604800000",
        "1M,2592000000",
        "1y,31536000000",
        "1s500ms,1500"
    })
    void timesAreReadWithNginxsUnits(String text, long millis) {
        assertThat(Times.millis(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1x", "1m1h", "1s1s", "5 1m", "-1", "1.5s", "99999999999999999999"})
    void otherTimesAreRefused(String text) {
        assertThat(Times.millis(text)).isEmpty();
    }

    @Test
    void millisecondsAreRefusedWhereSecondsAreMeant() {
        assertThat(Times.seconds("500ms")).isEmpty();
        assertThat(Times.seconds("2m")).contains(Duration.ofMinutes(2));
    }

    @ParameterizedTest(name = "{0} is {1} bytes")
    @CsvSource({"0,0", "512,512", "8k,8192", "8K,8192", "2m,2097152", "1g,1073741824"})
    void sizesAreReadWithNginxsUnits(String text, long bytes) {
        assertThat(Numbers.size(text, true)).contains(bytes);
    }

    @Test
    void gigabytesAreForOffsetsOnly() {
        assertThat(Numbers.size("1g", false)).isEmpty();
        assertThat(Numbers.size("k", true)).isEmpty();
        assertThat(Numbers.size("1kb", true)).isEmpty();
    }

    @ParameterizedTest(name = "{0} listens on {1}")
    @CsvSource({
        "80,*:80",
        "*:8080,*:8080",
        "127.0.0.1,127.0.0.1:80",
        "127.0.0.1:81,127.0.0.1:81",
        "[::]:80,[::]:80",
        "[::1],[::1]:80",
        "localhost:8000,localhost:8000",
        "unix:/run/a.sock,unix:/run/a.sock"
    })
    void listenAddressesHaveAllForms(String text, String address) {
        assertThat(Addresses.parse(text, 80, Purpose.LISTEN))
                .isInstanceOfSatisfying(
                        Parsed.Good.class,
                        good -> assertThat(good.address().text()).isEqualTo(address));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "99999,invalid port",
        "127.0.0.1:0,invalid port",
        "[::1:80,invalid host",
        ":80,no host",
        "unix:,no path in the unix domain socket"
    })
    void otherListenAddressesAreRefusedInNginxsWords(String text, String reason) {
        assertThat(Addresses.parse(text, 80, Purpose.LISTEN)).isEqualTo(new Parsed.Bad(reason));
    }

    @Test
    void bitsBehindTheMaskAreClearedAndNoticed() {
        Addresses.Cidr cidr = Addresses.cidr("10.1.2.3/8").orElseThrow();

        assertThat(cidr.meaningless()).isTrue();
        assertThat(cidr.block().network()).containsExactly(10, 0, 0, 0);
        assertThat(Addresses.cidr("10.0.0.0/255.0.0.0").orElseThrow().block().prefixLength())
                .isEqualTo(8);
        assertThat(Addresses.cidr("10.0.0.0/255.0.255.0")).isEmpty();
        assertThat(Addresses.cidr("10.0.0.0/33")).isEmpty();
        assertThat(Addresses.cidr("2001:db8::/32").orElseThrow().block().network())
                .hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::", "::1", "1::", "2001:db8::1:2", "1:2:3:4:5:6:7:8", "::ffff:127.0.0.1"})
    void ipv6AddressesAreRead(String text) {
        assertThat(Literals.ipv6(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "1:2", "1:2:3:4:5:6:7:8:9", "1::2::3", "g::", "12345::", "1:2:3:4:5:6:7::8"})
    void otherTextsAreNoIpv6Addresses(String text) {
        assertThat(Literals.ipv6(text)).isEmpty();
    }
}
