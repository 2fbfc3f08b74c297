package dev.fairlead.model.http;

import dev.fairlead.model.text.Template;

/// What is done to the lists and maps that are known by a name and may change while the program runs, see
/// [dev.fairlead.model.text.Condition.Listed] and [dev.fairlead.model.text.TextMap#name()]. It holds until the
/// configuration is read anew. Where the plan has no list of that name, nothing is done.
public sealed interface ListChange {
    /// The name: the file it was read from.
    String list();

    Template key();

    /// The key is put behind the others of the lists of patterns, unless it is there.
    record Add(String list, Template key) implements ListChange {}

    /// The key is taken out of lists of patterns and of maps, however often it is there.
    record Remove(String list, Template key) implements ListChange {}

    /// The key has this value in the maps from here on.
    record Put(String list, Template key, Template value) implements ListChange {}
}
