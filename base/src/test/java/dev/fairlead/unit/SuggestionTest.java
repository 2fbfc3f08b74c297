package dev.fairlead.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static final List<String> KNOWN = List.of("proxy_pass", "proxy_set_header", "root", "return", "listen");

    @Test
    void aSwappedPairOfLettersIsOneEdit() {
        assertThat(Suggestion.nearest("proxy_apss", KNOWN)).contains("proxy_pass");
        assertThat(Suggestion.nearest("lisetn", KNOWN)).contains("listen");
    }

    @Test
    void aShortWordMayBeOffByOneLetterOnly() {
        assertThat(Suggestion.nearest("rot", KNOWN)).contains("root");
        assertThat(Suggestion.nearest("xyz", KNOWN)).isEmpty();
    }

    @Test
    void caseDoesNotCount() {
        assertThat(Suggestion.nearest("Proxy_Set_Header", KNOWN)).contains("proxy_set_header");
    }

    @Test
    void whatIsFarFromEverythingGetsNoSuggestion() {
        assertThat(Suggestion.nearest("completely_different", KNOWN)).isEmpty();
    }
}
