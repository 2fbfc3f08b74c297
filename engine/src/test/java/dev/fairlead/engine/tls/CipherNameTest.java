package dev.fairlead.engine.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CipherNameTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, ECDHE-RSA-AES128-GCM-SHA256",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, ECDHE-ECDSA-CHACHA20-POLY1305",
        "TLS_RSA_WITH_AES_256_CBC_SHA, AES256-SHA",
        "TLS_AES_256_GCM_SHA384, TLS_AES_256_GCM_SHA384",
    })
    void isThatOfOpenSsl(String javaName, String expected) {
        assertThat(CipherName.ofOpenSsl(javaName)).isEqualTo(expected);
    }
}
