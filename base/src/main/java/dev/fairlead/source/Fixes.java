package dev.fairlead.source;

import dev.fairlead.source.Fix.Edit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Carries out fixes on the texts they were found in.
public final class Fixes {
    private Fixes() {}

    /// Of fixes that touch the same place the first is carried out; the others are found again in the new text.
    ///
    /// @return the new text of each file that changes, by the file's name
    public static Map<String, String> apply(List<Fix> fixes) {
        Map<String, List<Edit>> byFile = new LinkedHashMap<>();
        Map<String, SourceFile> files = new LinkedHashMap<>();
        for (Fix fix : fixes) {
            boolean isFree = fix.edits().stream()
                    .noneMatch(edit -> touches(edit, byFile.getOrDefault(name(edit), List.of())));
            if (isFree) {
                for (Edit edit : fix.edits()) {
                    files.putIfAbsent(name(edit), edit.span().file());
                    byFile.computeIfAbsent(name(edit), none -> new ArrayList<>()).add(edit);
                }
            }
        }
        Map<String, String> texts = new LinkedHashMap<>();
        byFile.forEach((name, edits) -> texts.put(name, apply(files.get(name).text(), edits)));
        return texts;
    }

    private static String name(Edit edit) {
        return edit.span().file().name();
    }

    private static boolean touches(Edit edit, List<Edit> others) {
        return others.stream()
                .anyMatch(other -> edit.span().start() <= other.span().end()
                        && other.span().start() <= edit.span().end());
    }

    private static String apply(String text, List<Edit> edits) {
        StringBuilder out = new StringBuilder(text);
        edits.stream()
                .sorted(Comparator.comparingInt((Edit edit) -> edit.span().start()).reversed())
                .forEach(edit -> out.replace(edit.span().start(), edit.span().end(), edit.replacement()));
        return out.toString();
    }
}
