package dev.fairlead.model.text;

import dev.fairlead.source.Span;
import java.util.List;

/// Values by keys, one of which fits a text in the way the map says. What looking costs does not grow with
/// how many
/// there are, expressions excepted.
///
/// @param name for messages: a file, or how it is written
public record TextMap(String name, Match match, List<Entry> entries, Span origin) {
    public TextMap {
        entries = List.copyOf(entries);
    }

    public record Entry(String key, String value) {}

    /// How a key fits.
    public sealed interface Match {
        /// Of several prefixes or suffixes that fit the longest is taken; else the first in order.
        record Texts(TextSet.How how, boolean ignoreCase) implements Match {}

        /// Keys are whole numbers, or ranges such as `1:5`.
        record Numbers() implements Match {}

        /// Keys are addresses or blocks; the most specific block is taken.
        record Networks() implements Match {}

        /// Keys are expressions in the syntax of [Regex#pattern()]; the first that is found is taken.
        ///
        /// @param replaces whether groups of the match stand for `\1` to `\9` in the value
        record Expressions(boolean ignoreCase, boolean replaces) implements Match {}
    }
}
