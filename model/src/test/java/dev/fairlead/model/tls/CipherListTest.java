package dev.fairlead.model.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CipherListTest {
    private static final List<String> AVAILABLE = List.of(
            "TLS_AES_128_GCM_SHA256",
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-RSA-CHACHA20-POLY1305",
            "ECDHE-RSA-AES128-SHA",
            "AES128-GCM-SHA256",
            "AES256-SHA",
            "DES-CBC3-SHA");

    @ParameterizedTest
    @CsvSource({
        "HIGH:!aNULL:!MD5, 1 2 3 4 5 6",
        "ALL, 1 2 3 4 5 6 7",
        "ALL:!3DES:!kRSA, 1 2 3 4",
        "EECDH+AESGCM:EDH+AESGCM, 1 2",
        "AES256-SHA:EECDH, 6 1 2 3 4",
        "ALL:-ECDHE:CHACHA20, 5 6 7 3",
        "HIGH:+AESGCM, 3 4 6 1 2 5",
        "ECDHE-RSA-AES128-GCM-SHA256 ECDHE-ECDSA-AES128-GCM-SHA256, 2 1",
        "!AES:HIGH:@STRENGTH, 3",
        "ECDH+AESGCM:DH+AESGCM:RSA+AES:!DSS, 1 2 5 6",
        "DEFAULT@SECLEVEL=1, 1 2 3 4 5 6 7",
        "PROFILE=SYSTEM, 1 2 3 4 5 6 7",
        "HIGH:!DES, 1 2 3 4 5 6",
        "ALL:-HIGH, 7",
        "FIPS:!CBC, 1 2 5",
        "SUITEB128, 1",
        "high, ''",
        "NONSENSE, ''"
    })
    void listsMeanWhatTheyMeanToOpenSsl(String list, String numbers) {
        List<String> expected = numbers.isEmpty()
                ? List.of()
                : List.of(numbers.split(" ")).stream()
                        .map(number -> AVAILABLE.get(Integer.parseInt(number)))
                        .toList();
        List<String> resolved = CipherList.resolve(list, AVAILABLE);
        assertThat(resolved.getFirst()).isEqualTo("TLS_AES_128_GCM_SHA256");
        assertThat(resolved.subList(1, resolved.size())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOPE",
                "ECDHE-RSA-AES128-GCM-SHA25",
                "!ALL",
                "ALL:!ALL",
                "RC4",
                "LOW",
                "EXPORT",
                "@STRENGTH",
                "high",
                "TLS_AES_256_GCM_SHA384",
                "STRENGTH"
            })
    void nobodyKnowsThese(String list) {
        assertThat(CipherList.matchesNothing(list)).isTrue();
        assertThat(CipherList.mayMatchElsewhere(list)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DHE-RSA-AES256-GCM-SHA384", "EDH", "DHE+AESGCM", "kEDH+AESGCM", "CAMELLIA256-SHA", "ARIA", "AESCCM",
                "ECDHE-ECDSA-AES128-CCM8", "COMPLEMENTOFDEFAULT", "aNULL", "eNULL", "NULL-SHA256", "ADH",
                        "SRP-RSA-AES-128-CBC-SHA",
                "ECDHE-ECDSA-CAMELLIA128-SHA256", "RSA-PSK-ARIA256-GCM-SHA384", "kDHEPSK"
            })
    void othersHaveThese(String list) {
        assertThat(CipherList.matchesNothing(list)).isTrue();
        assertThat(CipherList.mayMatchElsewhere(list)).isTrue();
    }
}
