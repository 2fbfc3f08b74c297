package dev.fairlead.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.status.LogLine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastWordsTest {
    private static final int SUPERVISOR = 1;
    private final List<LogLine> lines = new ArrayList<>();

    private void said(int pid, String... texts) {
        for (String text : texts) {
            lines.add(new LogLine(lines.size(), "app.service", "app", pid, 6, text));
        }
    }

    @Test
    void theyStandBetweenTheSupervisorsWords() {
        said(SUPERVISOR, "Started.");
        said(20, "from the first run");
        said(SUPERVISOR, "main process ended", "Started.");
        said(21, "reading", "", "no such table");
        said(SUPERVISOR, "main process ended", "Failed.");
        assertThat(LastWords.last(lines, SUPERVISOR)).containsExactly("reading", "no such table");
    }

    @Test
    void theyAreFew() {
        said(20, "1", "2", "3", "4", "5", "6");
        assertThat(LastWords.last(lines, SUPERVISOR)).containsExactly("2", "3", "4", "5", "6");
    }

    @Test
    void whoSaidNothingHasNone() {
        said(SUPERVISOR, "Started.", "Failed.");
        assertThat(LastWords.last(lines, SUPERVISOR)).isEmpty();
    }
}
