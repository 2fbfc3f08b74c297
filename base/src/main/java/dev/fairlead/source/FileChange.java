package dev.fairlead.source;

import dev.fairlead.source.Fix.Edit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What fixes make of one file.
///
/// @param edits in the order of the text; they do not touch each other
public record FileChange(SourceFile file, List<Edit> edits) {
    public FileChange {
        edits = edits.stream()
                .sorted(Comparator.comparingInt(edit -> edit.span().start()))
                .toList();
    }

    /// Of fixes that touch the same place the first is taken; the others are found again in the new text.
    public static List<FileChange> of(List<Fix> fixes) {
        Map<String, List<Edit>> byFile = new LinkedHashMap<>();
        for (Fix fix : fixes) {
            boolean isFree =
                    fix.edits().stream().noneMatch(edit -> touches(edit, byFile.getOrDefault(name(edit), List.of())));
            if (isFree) {
                fix.edits()
                        .forEach(edit -> byFile.computeIfAbsent(name(edit), none -> new ArrayList<>())
                                .add(edit));
            }
        }
        return byFile.values().stream()
                .map(edits -> new FileChange(edits.getFirst().span().file(), edits))
                .toList();
    }

    private static String name(Edit edit) {
        return edit.span().file().name();
    }

    private static boolean touches(Edit edit, List<Edit> others) {
        return others.stream()
                .anyMatch(other -> edit.span().start() <= other.span().end()
                        && other.span().start() <= edit.span().end());
    }

    /// The whole file as it becomes.
    public String text() {
        return edited(0, file.text().length());
    }

    /// The part from one place to another as it becomes; no edit crosses its ends.
    String edited(int from, int to) {
        StringBuilder out = new StringBuilder();
        int at = from;
        for (Edit edit : edits) {
            if (edit.span().start() >= from && edit.span().end() <= to) {
                out.append(file.text(), at, edit.span().start()).append(edit.replacement());
                at = edit.span().end();
            }
        }
        return out.append(file.text(), at, to).toString();
    }

    /// The lines that change, as a unified diff that `patch` reads.
    public String diff() {
        return UnifiedDiff.of(this);
    }
}
