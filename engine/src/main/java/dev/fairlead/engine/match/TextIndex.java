package dev.fairlead.engine.match;

import dev.fairlead.model.text.TextSet;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Many texts, of which the one that fits is looked for. Unchanging, for use by all loops.
public interface TextIndex {
    /// No text fits.
    int NONE = -1;

    /// @return the number of the text that fits, or [#NONE]. Of several prefixes or suffixes that of the
    ///     longest, else the lowest
    int find(byte[] bytes, int from, int to);

    /// @param texts in Unicode; their UTF-8 bytes are compared
    static TextIndex of(TextSet.How how, boolean ignoreCase, List<String> texts) {
        List<byte[]> keys = texts.stream()
                .map(text -> Folding.of(text.getBytes(StandardCharsets.UTF_8), ignoreCase))
                .toList();
        return switch (how) {
            case EXACT -> new ByteTable(keys, ignoreCase);
            case PREFIX -> new Affixes(keys, ignoreCase, false);
            case SUFFIX -> new Affixes(keys, ignoreCase, true);
            case SUBSTRING -> new Substrings(keys, ignoreCase);
            case DIRECTORY -> new Words(keys, ignoreCase, "/?");
            case DOMAIN -> new Words(keys, ignoreCase, "/?.:");
        };
    }

    static TextIndex of(TextSet set) {
        return of(set.how(), set.ignoreCase(), set.texts());
    }
}
