package dev.fairlead.model.http;

import dev.fairlead.model.text.Template;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is shown for errors.
///
/// @param pages the first that names the status is used
/// @param recursive whether an error while one is shown is looked up again
/// @param paddedForOldBrowsers whether built-in pages are made long enough for old browsers to show them
/// @param builtIn what is shown where no page is set
public record ErrorPages(List<Page> pages, boolean recursive, boolean paddedForOldBrowsers, BuiltIn builtIn) {
    public static final ErrorPages BUILT_IN = new ErrorPages(List.of(), false, true);

    /// With built-in pages that bear the program's name.
    public ErrorPages(List<Page> pages, boolean recursive, boolean paddedForOldBrowsers) {
        this(pages, recursive, paddedForOldBrowsers, BuiltIn.WITH_NAME);
    }

    /// What built-in pages look like.
    public enum BuiltIn {
        /// The status in the middle, the program's name below a line.
        WITH_NAME,
        /// The status and a sentence about it; not to be cached.
        WITH_SENTENCE
    }

    /// @param statuses 300 to 599
    /// @param status what the client gets to see
    /// @param target a path (internal redirect, as GET unless the method was HEAD), `@name` or an absolute URL
    public record Page(Set<Integer> statuses, Shown status, Template target, Span origin) {}

    /// The status that the client gets to see.
    public sealed interface Shown {
        /// The error's own.
        record Original() implements Shown {}

        /// That of the page.
        record OfPage() implements Shown {}

        record Fixed(int status) implements Shown {}
    }

    /// The page for a status, if one is set.
    public Optional<Page> pageFor(int status) {
        return pages.stream().filter(page -> page.statuses().contains(status)).findFirst();
    }
}
