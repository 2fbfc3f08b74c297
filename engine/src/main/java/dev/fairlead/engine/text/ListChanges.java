package dev.fairlead.engine.text;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.ListChange;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a rule does to the lists and maps of a name. They are those of the rule's own plan, so that a request
/// that began under another changes nothing of the one that runs.
public final class ListChanges {
    private final LiveLists.Named patterns;
    private final LiveLists.Named map;
    private final Text key;
    private final Task task;

    private ListChanges(ListChange change, Task task, Texts texts) {
        this.patterns = texts.lists().named(change.list(), false);
        this.map = texts.lists().named(change.list(), true);
        this.key = texts.compile(change.key());
        this.task = task;
    }

    private interface Task {
        void on(LiveList list, String key, Exchange exchange);
    }

    public static ListChanges compile(ListChange change, Texts texts) {
        return new ListChanges(change, task(change, texts), texts);
    }

    private static Task task(ListChange change, Texts texts) {
        return switch (change) {
            case ListChange.Add add ->
                (list, key, exchange) -> {
                    if (!list.isMap()) {
                        list.add(new LiveList.Entry(key, ""));
                    }
                };
            case ListChange.Remove remove -> (list, key, exchange) -> list.remove(key);
            case ListChange.Put put -> {
                Text value = texts.compile(put.value());
                yield (list, key, exchange) ->
                        list.put(new LiveList.Entry(key, list.isMap() ? unicode(value.of(exchange)) : ""));
            }
        };
    }

    /// A key that is none for a list, such as a name where addresses stand, is left out.
    public void apply(Exchange exchange) {
        String text = unicode(key.of(exchange));
        apply(patterns.list(), text, exchange);
        apply(map.list(), text, exchange);
    }

    private void apply(@Nullable LiveList list, String text, Exchange exchange) {
        if (list == null || text.isEmpty()) {
            return;
        }
        try {
            task.on(list, text, exchange);
        } catch (IllegalArgumentException notOfItsKind) {
            // The list stays as it is.
        }
    }

    /// Lists hold text, requests bytes.
    private static String unicode(String bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.charAt(i) >= 0x80) {
                return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            }
        }
        return bytes;
    }
}
