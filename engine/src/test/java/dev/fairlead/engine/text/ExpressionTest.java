package dev.fairlead.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.engine.route.Written;
import dev.fairlead.model.text.Regex;
import dev.fairlead.source.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpressionTest {
    private static Expression compile(String pattern) {
        return Expression.compile(Written.regex(pattern), new Problems());
    }

    @Test
    void isFoundAnywhereInTheText() {
        assertThat(compile("b+").test("abbc")).isTrue();
        assertThat(compile("^b").test("abbc")).isFalse();
    }

    @Test
    void onlyALineFeedIsALineEnd() {
        assertThat(compile("a.b").test("a\rb")).isTrue();
        assertThat(compile("a.b").test("a\nb")).isFalse();
    }

    @Test
    void theCaseOfAsciiLettersCanBeIgnored() {
        Regex regex = new Regex("\\.GIF$", "\\.GIF$", true, List.of(), 0, Written.HERE);
        assertThat(Expression.compile(regex, new Problems()).test("/a.gif")).isTrue();
    }

    @Test
    void aSearchThatTakesTooLongIsGivenUp() {
        assertThatThrownBy(() -> compile(".*.*.*.*.*.*=;").test("a".repeat(300)))
                .isInstanceOf(Expression.TooCostly.class)
                .hasMessageContaining("too many steps");
    }

    @Test
    void anUnsoundExpressionIsAProblem() {
        Problems problems = new Problems();
        Regex unsound = new Regex("a(", "a(", false, List.of(), 0, Written.HERE);
        assertThat(Expression.compile(unsound, problems).test("a(")).isFalse();
        assertThat(problems.hasErrors()).isTrue();
    }
}
