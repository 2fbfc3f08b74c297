package dev.fairlead.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.source.Fix.Edit;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileChangeTest {
    private static final SourceFile FILE = new SourceFile("a.conf", "one\ntwo\nthree\nfour\n");

    @Test
    void editsAreCarriedOutInTheirPlaces() {
        FileChange change = only(replace(4, 7, "zwei\nnoch eins"), replace(0, 0, "> "));
        assertThat(change.text()).isEqualTo("> one\nzwei\nnoch eins\nthree\nfour\n");
    }

    @Test
    void theDiffShowsTheLinesThatChangeAndWhereTheyAreThen() {
        FileChange change = only(replace(4, 7, "zwei\nnoch eins"), replace(14, 18, "vier"));
        assertThat(change.diff()).isEqualTo("""
                --- a.conf
                +++ a.conf
                @@ -2,1 +2,2 @@
                -two
                +zwei
                +noch eins
                @@ -4,1 +5,1 @@
                -four
                +vier
                """);
    }

    @Test
    void editsOfOneLineAreOneChangeOfIt() {
        assertThat(only(replace(8, 9, "T"), replace(12, 13, "E")).diff()).contains("-three\n+ThreE\n");
    }

    @Test
    void ofFixesThatTouchTheFirstIsTaken() {
        assertThat(only(replace(4, 7, "2"), replace(7, 8, " "), replace(0, 3, "1"))
                        .text())
                .isEqualTo("1\n2\nthree\nfour\n");
    }

    private static FileChange only(Fix... fixes) {
        List<FileChange> changes = FileChange.of(List.of(fixes));
        assertThat(changes).hasSize(1);
        return changes.getFirst();
    }

    private static Fix replace(int start, int end, String text) {
        return new Fix(List.of(new Edit(FILE.span(start, end), text)));
    }
}
