package dev.fairlead.dialect.haproxy.build.rule;

import dev.fairlead.dialect.haproxy.build.workshop.Formats;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.http.ListChange;
import dev.fairlead.model.text.Template;
import java.util.List;
import java.util.Optional;

/// The actions that change lists of patterns and maps: `add-acl(FILE) KEY`, `set-map(FILE) KEY VALUE`, ….
final class ListRules {
    private final Formats formats;

    ListRules(Formats formats) {
        this.formats = formats;
    }

    static boolean isOne(String action) {
        return words(action) > 0;
    }

    /// How many words an action has in front of its condition; 0 for other actions.
    static int words(String action) {
        return switch (action) {
            case "add-acl", "del-acl", "del-map" -> 1;
            case "set-map" -> 2;
            default -> 0;
        };
    }

    /// @param words those in front of the condition
    Optional<ListChange> change(String action, Entry entry, List<Word> words) {
        Word keyword = entry.keyword();
        String text = keyword.text();
        int open = text.indexOf('(');
        String list = open < 0 || !text.endsWith(")") ? "" : text.substring(open + 1, text.length() - 1);
        if (list.isEmpty()) {
            formats.problem(keyword, "'" + text + "' expects the list's file in parentheses: " + action + "(FILE)");
            return Optional.empty();
        }
        if (words.size() != words(action)) {
            formats.problem(keyword, "'" + text + "' expects exactly " + words(action) + " arguments");
            return Optional.empty();
        }
        Template key = formats.format(words.getFirst());
        return Optional.of(
                switch (action) {
                    case "add-acl" -> new ListChange.Add(list, key);
                    case "set-map" -> new ListChange.Put(list, key, formats.format(words.get(1)));
                    default -> new ListChange.Remove(list, key);
                });
    }
}
