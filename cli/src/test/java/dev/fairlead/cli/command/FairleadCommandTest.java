package dev.fairlead.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FairleadCommandTest {
    @Test
    void theHelpHasALineForEachCommandAndNamesThePrograms() {
        assertThat(FairleadCommand.names())
                .allSatisfy(name -> assertThat(FairleadCommand.help()).contains(name));
        assertThat(FairleadCommand.help().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(125));
    }

    @Test
    void theDocumentationHasARowForEachCommandAndProgram() throws IOException {
        String page = Files.readString(Path.of("../docs/cli.md"));
        assertThat(FairleadCommand.names())
                .allSatisfy(name -> assertThat(page).containsPattern("(?m)^\\| `fairlead " + name + "[ `]"));
    }
}
