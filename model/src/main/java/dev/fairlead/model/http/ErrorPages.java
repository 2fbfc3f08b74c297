package dev.fairlead.model.http;

import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is shown for errors.
///
/// @param pages the first that names the status is used
/// @param recursive whether an error while one is shown is looked up again
/// @param paddedForOldBrowsers whether built-in pages are made long enough for old browsers to show them
public record ErrorPages(List<Page> pages, boolean recursive, boolean paddedForOldBrowsers) {
    public static final ErrorPages BUILT_IN = new ErrorPages(List.of(), false, true);

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
