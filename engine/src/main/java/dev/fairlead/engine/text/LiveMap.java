package dev.fairlead.engine.text;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.model.text.TextMap;
import dev.fairlead.model.text.TextSet;
import dev.fairlead.source.Problems;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A map that may change meanwhile.
final class LiveMap implements Maps, LiveList.Follower {
    private final TextMap written;
    private volatile Maps present;

    /// Whole texts: one can change without the others.
    ///
    /// @param values by key, both as bytes
    private record Exact(Map<String, String> values) implements Maps {
        static Exact of(List<LiveList.Entry> entries) {
            Exact exact = new Exact(new ConcurrentHashMap<>());
            entries.forEach(entry -> exact.values.putIfAbsent(Text.bytes(entry.key()), Text.bytes(entry.value())));
            return exact;
        }

        @Override
        public @Nullable String find(String text) {
            return values.get(text);
        }

        void change(LiveList.Edit edit, LiveList.Entry entry) {
            switch (edit) {
                case ADDED, SET -> values.put(Text.bytes(entry.key()), Text.bytes(entry.value()));
                case REMOVED -> values.remove(Text.bytes(entry.key()));
            }
        }
    }

    LiveMap(TextMap written, Problems problems, LiveLists lists) {
        this.written = written;
        List<LiveList.Entry> entries = written.entries().stream()
                .map(entry -> new LiveList.Entry(entry.key(), entry.value()))
                .toList();
        this.present = isExact() ? Exact.of(entries) : Maps.compile(written, problems);
        lists.list(written.name(), true, written.origin(), entries).follow(this);
    }

    @Override
    public @Nullable String find(String text) {
        return present.find(text);
    }

    @Override
    public Runnable prepare(List<LiveList.Entry> next) {
        Maps coming = compile(next);
        return () -> present = coming;
    }

    @Override
    public Runnable prepare(LiveList.Edit edit, LiveList.Entry entry, Supplier<List<LiveList.Entry>> next) {
        return present instanceof Exact exact ? () -> exact.change(edit, entry) : prepare(next.get());
    }

    private boolean isExact() {
        return written.match().equals(new TextMap.Match.Texts(TextSet.How.EXACT, false));
    }

    private Maps compile(List<LiveList.Entry> entries) {
        if (isExact()) {
            return Exact.of(entries);
        }
        Problems problems = new Problems();
        Maps compiled = Maps.compile(
                new TextMap(
                        written.name(),
                        written.match(),
                        entries.stream()
                                .map(entry -> new TextMap.Entry(entry.key(), entry.value()))
                                .toList(),
                        written.origin()),
                problems);
        problems.all().stream().findFirst().ifPresent(problem -> {
            throw new IllegalArgumentException(problem.message());
        });
        return compiled;
    }

    @Override
    public boolean fits(LiveList.Entry entry, String text) {
        return compile(List.of(entry)).find(text) != null;
    }

    @Override
    public String type() {
        return switch (written.match()) {
            case TextMap.Match.Texts(var how, boolean ignoreCase) ->
                switch (how) {
                    case EXACT -> "str";
                    case PREFIX -> "beg";
                    case SUFFIX -> "end";
                    case SUBSTRING -> "sub";
                    case DIRECTORY -> "dir";
                    case DOMAIN -> "dom";
                };
            case TextMap.Match.Numbers numbers -> "int";
            case TextMap.Match.Networks networks -> "ip";
            case TextMap.Match.Expressions expressions -> "reg";
        };
    }

    @Override
    public boolean ignoresCase() {
        return switch (written.match()) {
            case TextMap.Match.Texts texts -> texts.ignoreCase();
            case TextMap.Match.Expressions expressions -> expressions.ignoreCase();
            case TextMap.Match.Numbers numbers -> false;
            case TextMap.Match.Networks networks -> false;
        };
    }
}
