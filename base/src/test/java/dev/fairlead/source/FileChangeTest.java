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
    void theDiffShowsTheLinesThatChangeAndThoseAroundThem() {
        FileChange change = only(replace(4, 7, "zwei\nnoch eins"), replace(14, 18, "vier"));
        assertThat(change.diff()).isEqualTo("""
                --- a.conf
                +++ a.conf
                @@ -1,4 +1,5 @@
                 one
                -two
                +zwei
                +noch eins
                 three
                -four
                +vier
                """);
    }

    @Test
    void changesFarFromEachOtherArePiecesOfTheirOwn() {
        String text = "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        SourceFile file = new SourceFile("b.conf", text);
        FileChange change = only(
                new Fix(List.of(new Edit(file.span(0, 0), "first\n"))),
                new Fix(List.of(new Edit(file.span(20, 20), "last\n"))));
        assertThat(change.diff()).isEqualTo("""
                --- b.conf
                +++ b.conf
                @@ -1,3 +1,4 @@
                +first
                 0
                 1
                 2
                @@ -8,3 +9,4 @@
                 7
                 8
                 9
                +last
                """);
    }

    @Test
    void aLineThatIsPutInTakesNoOtherAway() {
        assertThat(only(replace(8, 8, "two and a half\n")).diff())
                .contains(" two\n+two and a half\n three\n")
                .doesNotContain("\n-");
        assertThat(only(replace(7, 7, "\ntwo and a half")).diff())
                .contains(" two\n+two and a half\n three\n")
                .doesNotContain("\n-");
    }

    @Test
    void aLastLineWithoutAnEndIsSaidToHaveNone() {
        SourceFile file = new SourceFile("c.conf", "one\ntwo");
        FileChange change = only(new Fix(List.of(new Edit(file.span(4, 7), "zwei"))));
        assertThat(change.diff())
                .endsWith(" one\n-two\n\\ No newline at end of file\n+zwei\n\\ No newline at end of file\n");
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
