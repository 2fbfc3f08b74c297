package dev.fairlead.model.text;

import java.util.List;

/// Texts to look for in a value. What looking costs does not grow with how many there are.
///
/// @param ignoreCase whether ASCII letters are compared without regard to case
/// @param texts without order or meaning of their own; may be many thousands
public record TextSet(How how, boolean ignoreCase, List<String> texts) {
    public TextSet {
        texts = List.copyOf(texts);
    }

    /// Where a text has to stand in the value.
    public enum How {
        /// It is the whole value.
        EXACT,
        /// The value begins with it.
        PREFIX,
        /// The value ends with it.
        SUFFIX,
        /// It is found anywhere.
        SUBSTRING,
        /// It is one or several whole components of a path: what stands between `/`, `?` and the ends. Such
        /// characters at the text's own ends do not count.
        DIRECTORY,
        /// It is one or several whole labels of a host or URL: what stands between `.`, `/`, `?`, `:` and the
        /// ends. Such characters at the text's own ends do not count.
        DOMAIN
    }
}
