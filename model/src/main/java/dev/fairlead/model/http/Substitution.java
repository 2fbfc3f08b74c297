package dev.fairlead.model.http;

import dev.fairlead.model.text.Template;
import java.util.List;
import java.util.Set;

/// Texts in the bodies of responses that are replaced while they are sent. Of two that are found at one place the
/// first in the list is replaced; in what was put in nothing is looked for.
///
/// @param pairs none for no replacing at all
/// @param types content types of the responses in which that happens; `*` for all
/// @param once whether each of them is replaced once in a response
/// @param keepsModified whether Last-Modified and (as a weak one) ETag stay
public record Substitution(List<Pair> pairs, Set<String> types, boolean once, boolean keepsModified) {
    public static final Substitution NONE = new Substitution(List.of(), Set.of(), true, false);

    /// @param wanted looked for without regard to the case of ASCII letters; not at all if it is empty
    public record Pair(Template wanted, Template instead) {}
}
