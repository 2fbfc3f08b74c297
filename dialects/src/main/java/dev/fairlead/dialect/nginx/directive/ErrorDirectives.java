package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Numbers;
import dev.fairlead.model.http.ErrorPages;
import dev.fairlead.model.http.ErrorPages.Shown;
import dev.fairlead.source.Span;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Pages shown for errors.
public final class ErrorDirectives {
    private static final Setting<List<Page>> PAGES = Setting.of(Group.ERRORS, List.of());
    private static final Setting<Boolean> RECURSIVE = Setting.of(Group.ERRORS, false);
    private static final Setting<Boolean> PADDING = Setting.of(Group.ERRORS, true);

    private ErrorDirectives() {}

    private record Page(Set<Integer> statuses, Shown shown, Word target, Span origin) {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.row(
                        "error_page",
                        Rows.WITH_IF,
                        Arity.atLeast(2),
                        "Shows a page for errors.",
                        ErrorDirectives::errorPage),
                Rows.flag(
                        "recursive_error_pages",
                        HTTP_SERVER_LOCATION,
                        RECURSIVE,
                        "Looks up errors that occur while a page is shown."),
                Rows.flag(
                        "msie_padding",
                        HTTP_SERVER_LOCATION,
                        PADDING,
                        "Makes built-in pages long enough for old browsers."));
    }

    private static void errorPage(Statement statement, Level level, Compilation c) {
        Word last = statement.words().getLast();
        Word beforeLast = statement.words().get(statement.words().size() - 2);
        boolean hasShown = beforeLast.text().startsWith("=");
        Optional<Shown> shown = shown(beforeLast);
        if (hasShown && (shown.isEmpty() || statement.count() == 2)) {
            c.value(beforeLast, "invalid value \"" + beforeLast + "\"", "for example =200");
            return;
        }
        List<Word> codes = statement.args().subList(0, statement.count() - (hasShown ? 2 : 1));
        Set<Integer> statuses = new LinkedHashSet<>();
        for (Word word : codes) {
            Optional<Integer> code = Numbers.parseInt(word.text());
            if (code.isEmpty()) {
                c.value(word, "invalid value \"" + word + "\"", "a status from 300 to 599");
            } else if (code.get() == 499) {
                c.value(word, "invalid value \"" + word + "\"", "499 says that the client has left");
            } else if (code.get() < 300 || code.get() > 599) {
                c.value(word, "value \"" + word + "\" must be between 300 and 599");
            } else {
                statuses.add(code.get());
            }
        }
        Page page = new Page(statuses, shown.orElse(new Shown.Original()), c.text(last), statement.span());
        level.append(PAGES, page, statement.span());
    }

    private static Optional<Shown> shown(Word word) {
        if (word.is("=")) {
            return Optional.of(new Shown.OfPage());
        }
        return word.text().startsWith("=")
                ? Numbers.parseInt(word.text().substring(1)).map(Shown.Fixed::new)
                : Optional.of(new Shown.Original());
    }

    public static ErrorPages build(Level level, Assembly assembly) {
        List<ErrorPages.Page> pages = level.value(PAGES).stream()
                .map(page -> new ErrorPages.Page(
                        page.statuses(), page.shown(), assembly.templates().template(page.target()), page.origin()))
                .toList();
        return new ErrorPages(pages, level.value(RECURSIVE), level.value(PADDING));
    }
}
