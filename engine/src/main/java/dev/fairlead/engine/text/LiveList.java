package dev.fairlead.engine.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A list of patterns, or a map, that may change while the program runs. Safe for use by several threads; those
/// that compare do so without a lock, with what was in it at one moment.
public final class LiveList {
    private final String name;
    private final boolean isMap;
    private final String place;
    private final List<Follower> followers = new ArrayList<>();
    private final Map<String, List<Entry>> entries = new LinkedHashMap<>();

    /// @param value what a map finds; an empty text in other lists
    public record Entry(String key, String value) {}

    /// What happens to the entries of a key.
    enum Edit {
        /// There was none, and there is one now, behind all others.
        ADDED,
        /// All have another value now.
        SET,
        /// There is none any more.
        REMOVED
    }

    /// Whoever compares with the list.
    interface Follower {
        /// Gets ready for other entries.
        ///
        /// @return goes over to them
        /// @throws IllegalArgumentException with the reason if they cannot be
        Runnable prepare(List<Entry> next);

        /// The same for a single entry; what it costs should not grow with the list.
        ///
        /// @param entry with its key, and the value from here on
        /// @param next all entries afterwards
        default Runnable prepare(Edit edit, Entry entry, Supplier<List<Entry>> next) {
            return prepare(next.get());
        }

        boolean fits(Entry entry, String text);

        /// How it compares: `str`, `beg`, `ip`.
        String type();

        boolean ignoresCase();
    }

    /// @param place where the configuration names it first
    LiveList(String name, boolean isMap, String place, List<Entry> entries) {
        this.name = name;
        this.isMap = isMap;
        this.place = place;
        fill(entries);
    }

    public String name() {
        return name;
    }

    public boolean isMap() {
        return isMap;
    }

    public String place() {
        return place;
    }

    synchronized void follow(Follower follower) {
        followers.add(follower);
    }

    /// In the order in which their keys came.
    public synchronized List<Entry> entries() {
        return entries.values().stream().flatMap(List::stream).toList();
    }

    private void fill(List<Entry> next) {
        next.forEach(entry -> entries.computeIfAbsent(entry.key(), fresh -> new ArrayList<>(1))
                .add(entry));
    }

    /// @throws IllegalArgumentException with the reason if one of the entries is none; then nothing changes
    public synchronized void replace(List<Entry> next) {
        List<Runnable> changes =
                followers.stream().map(follower -> follower.prepare(next)).toList();
        changes.forEach(Runnable::run);
        entries.clear();
        fill(next);
    }

    /// Puts an entry behind the others, unless its key is there.
    ///
    /// @throws IllegalArgumentException with the reason if it is none; then nothing changes
    synchronized void add(Entry entry) {
        if (!entries.containsKey(entry.key())) {
            change(Edit.ADDED, entry, List.of(entry));
        }
    }

    /// The key has this value from here on.
    ///
    /// @throws IllegalArgumentException with the reason if it cannot be a key; then nothing changes
    synchronized void put(Entry entry) {
        List<Entry> known = entries.get(entry.key());
        if (known == null) {
            add(entry);
        } else if (known.stream().anyMatch(one -> !one.value().equals(entry.value()))) {
            change(Edit.SET, entry, known.stream().map(one -> entry).toList());
        }
    }

    /// Takes a key out, however often it is there.
    synchronized void remove(String key) {
        if (entries.containsKey(key)) {
            change(Edit.REMOVED, new Entry(key, ""), List.of());
        }
    }

    private void change(Edit edit, Entry entry, List<Entry> ofKey) {
        Supplier<List<Entry>> next = () -> {
            Map<String, List<Entry>> all = new LinkedHashMap<>(entries);
            all.put(entry.key(), ofKey);
            return all.values().stream().flatMap(List::stream).toList();
        };
        List<Runnable> changes = followers.stream()
                .map(follower -> follower.prepare(edit, entry, next))
                .toList();
        changes.forEach(Runnable::run);
        if (ofKey.isEmpty()) {
            entries.remove(entry.key());
        } else {
            entries.put(entry.key(), new ArrayList<>(ofKey));
        }
    }

    /// What looking a text up comes to.
    ///
    /// @param type how the first that compares with the list does so
    public record Finding(String type, boolean ignoresCase, Optional<Entry> entry) {}

    /// One for each way of comparing.
    public synchronized List<Finding> find(String text) {
        List<Finding> found = new ArrayList<>();
        for (Follower follower : followers) {
            Finding finding = new Finding(
                    follower.type(),
                    follower.ignoresCase(),
                    entries().stream()
                            .filter(entry -> follower.fits(entry, text))
                            .findFirst());
            if (!found.contains(finding)) {
                found.add(finding);
            }
        }
        return found;
    }
}
