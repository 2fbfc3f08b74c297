package dev.fairlead.process.supervisor.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void environmentFileIsReadAsSystemdReadsIt() {
        Map<String, String> variables = EnvironmentFile.parse("""
                # a comment
                ; another
                PLAIN=one two
                QUOTED="three  four" # not a comment
                SINGLE='a "b" \\n'
                ESCAPED=a\\ b\\"c
                IN_QUOTES="a\\"b \\n c\\$d"
                JOINED=one \\
                two
                MULTI="line one
                line two"
                EMPTY=
                  INDENTED =  x \s
                1BAD=x
                no assignment
                URL=https://example.org/?a=b
                """);
        assertThat(variables)
                .containsEntry("PLAIN", "one two")
                .containsEntry("QUOTED", "three  four # not a comment")
                .containsEntry("SINGLE", "a \"b\" \\n")
                .containsEntry("ESCAPED", "a b\"c")
                .containsEntry("IN_QUOTES", "a\"b \\n c$d")
                .containsEntry("JOINED", "one two")
                .containsEntry("MULTI", "line one\nline two")
                .containsEntry("EMPTY", "")
                .containsEntry("INDENTED", "x")
                .containsEntry("URL", "https://example.org/?a=b")
                .doesNotContainKeys("1BAD", "no assignment");
    }

    @Test
    void variablesAreReplacedAsSystemdReplacesThem() {
        Map<String, String> values = Map.of("PORT", "80", "ARGS", "-a 'b c' -d", "EMPTY", "");
        assertThat(Variables.expand(
                        List.of("app", "--port=${PORT}", "$ARGS", "${ARGS}", "$UNSET", "${UNSET}", "$$PORT", "a$PORT"),
                        values))
                .containsExactly("app", "--port=80", "-a", "b c", "-d", "-a 'b c' -d", "", "$PORT", "a$PORT");
        assertThat(Variables.expand(List.of("$EMPTY", "x"), values)).containsExactly("x");
    }
}
