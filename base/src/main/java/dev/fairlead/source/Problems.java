package dev.fairlead.source;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Collects what is wrong while a configuration is read, so that all of it is shown at once.
/// Not thread-safe: one reader fills one collection.
public final class Problems {
    private final List<Diagnostic> found = new ArrayList<>();

    public void add(Diagnostic diagnostic) {
        found.add(diagnostic);
    }

    /// Adds it unless the same rule has spoken of the same place: for what several parts of a model share.
    public void addOnce(Diagnostic diagnostic) {
        boolean isKnown = found.stream()
                .anyMatch(one -> one.rule().equals(diagnostic.rule()) && isSamePlace(one.span(), diagnostic.span()));
        if (!isKnown) {
            found.add(diagnostic);
        }
    }

    private static boolean isSamePlace(Span one, Span other) {
        return one.toString().equals(other.toString());
    }

    public void error(String rule, Span span, String message) {
        add(Diagnostic.error(rule, span, message));
    }

    public void error(String rule, Span span, String message, String hint) {
        add(Diagnostic.error(rule, span, message).hint(hint));
    }

    public void warning(String rule, Span span, String message) {
        add(Diagnostic.warning(rule, span, message));
    }

    public void warning(String rule, Span span, String message, String hint) {
        add(Diagnostic.warning(rule, span, message).hint(hint));
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(Diagnostic::isError);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /// In the order in which they were found.
    public List<Diagnostic> all() {
        return List.copyOf(found);
    }

    /// All of them as text, a blank line between two.
    public String render() {
        return found.stream().map(Diagnostic::render).collect(Collectors.joining("\n\n"));
    }
}
