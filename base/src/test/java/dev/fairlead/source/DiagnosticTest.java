package dev.fairlead.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiagnosticTest {
    private static final SourceFile SITE = new SourceFile("site.conf", "server {\n\tlisten 80;\n  rooot /srv;\n}\n");

    private static Span span(String word) {
        int start = SITE.text().indexOf(word);
        return SITE.span(start, start + word.length());
    }

    @Test
    void theHeadLineTheSourceLineTheCaretAndTheHintAreShown() {
        Diagnostic diagnostic = Diagnostic.error("nginx.unknown", span("rooot"), "unknown directive \"rooot\"")
                .hint("did you mean \"root\"?");
        assertThat(diagnostic.render()).isEqualTo("""
                        site.conf:3:3: error: unknown directive "rooot" [nginx.unknown]
                              rooot /srv;
                              ^^^^^
                          hint: did you mean "root"?""");
    }

    @Test
    void aTabInFrontOfTheSpanIsKeptSoThatTheCaretStandsUnderIt() {
        String[] lines = Diagnostic.warning("x", span("80"), "m").render().split("\n");
        assertThat(lines[1]).isEqualTo("    \tlisten 80;");
        assertThat(lines[2]).isEqualTo("    \t       ^^");
    }

    @Test
    void theEndOfALineHasACaretBehindItsLastCharacter() {
        Diagnostic diagnostic = Diagnostic.error("x", span("{").after(), "m");
        assertThat(diagnostic.render()).contains("    server {\n            ^");
    }

    @Test
    void aSpanOverSeveralLinesIsMarkedOnItsFirst() {
        int start = SITE.text().indexOf("{");
        Diagnostic diagnostic =
                Diagnostic.error("x", SITE.span(start, SITE.text().length()), "m");
        assertThat(diagnostic.render()).endsWith("    server {\n           ^");
    }

    @Test
    void whatNobodyWroteHasNoExcerpt() {
        assertThat(Diagnostic.error("x", Span.builtIn(), "m").render()).isEqualTo("<built-in>: error: m [x]");
    }
}
