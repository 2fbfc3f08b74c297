package dev.fairlead.engine.filter;

import dev.fairlead.engine.compile.Text;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// A set of content types; `*` among them stands for all.
final class TypeSet {
    private final Set<String> types = new HashSet<>();
    private final boolean all;

    TypeSet(Collection<String> types) {
        for (String type : types) {
            this.types.add(Text.bytes(type).toLowerCase(Locale.ROOT));
        }
        all = this.types.contains("*");
    }

    /// Whether the type is one of them, whatever its parameters.
    boolean contains(String contentType) {
        return all || types.contains(contentType) || (!contentType.isEmpty() && types.contains(bare(contentType)));
    }

    private static String bare(String contentType) {
        int end = contentType.indexOf(';');
        String type = end < 0 ? contentType : contentType.substring(0, end).stripTrailing();
        return type.toLowerCase(Locale.ROOT);
    }
}
