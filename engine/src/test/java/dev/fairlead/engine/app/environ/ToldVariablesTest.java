package dev.fairlead.engine.app.environ;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ToldVariablesTest {
    private final ToldVariables told = new ToldVariables();

    private String ask(String variables) {
        // What is behind them in the storage is left from another request.
        byte[] bytes = (variables + "rest").getBytes(StandardCharsets.ISO_8859_1);
        boolean isKnown = told.isKnown(bytes, variables.length());
        return (isKnown ? "known at " : "said, ") + (told.place() == ToldVariables.NOWHERE ? "not kept" : told.place());
    }

    @Test
    void whatComesASecondTimeIsKeptAndThenKnown() {
        assertThat(ask("Host: a")).isEqualTo("said, not kept");
        String place = ask("Host: a").substring("said, ".length());
        assertThat(place).isNotEqualTo("not kept");
        assertThat(ask("Host: a")).isEqualTo("known at " + place);
        assertThat(ask("Host: b")).startsWith("said, ");
        assertThat(ask("Host: a")).isEqualTo("known at " + place);
    }

    @Test
    void aBeginningOfWhatIsKnownIsSomethingElse() {
        ask("Host: a, Cookie: 1");
        ask("Host: a, Cookie: 1");
        assertThat(ask("Host: a")).isEqualTo("said, not kept");
    }

    @Test
    void whatIsLongIsNeverKept() {
        String variables = "x".repeat(ToldVariables.LONGEST_BYTES + 1);
        assertThat(ask(variables)).isEqualTo("said, not kept");
        assertThat(ask(variables)).isEqualTo("said, not kept");
        ask(variables.substring(1));
        assertThat(ask(variables.substring(1))).isNotEqualTo("said, not kept");
    }

    @Test
    void aPlaceGoesToWhatFallsToItTwice() {
        ask("0");
        String place = ask("0").substring("said, ".length());
        for (int number = 1; ; number++) {
            String other = Integer.toString(number);
            assertThat(ask(other)).isEqualTo("said, not kept");
            if (ask(other).equals("said, " + place)) {
                assertThat(ask(other)).isEqualTo("known at " + place);
                assertThat(ask("0")).isEqualTo("said, not kept");
                return;
            }
        }
    }
}
