package dev.fairlead.model.service;

import dev.fairlead.source.Span;

/// A path that is watched, and for what.
///
/// @param path absolute; with `*`, `?` and `[…]` where that is what is watched for
public record Watched(Kind kind, String path, Span origin) {
    /// What has to be so, or has to happen.
    public enum Kind {
        EXISTS,
        /// Something exists whose name matches.
        EXISTS_MATCHING,
        /// It was written to and closed, replaced, made or removed; in a folder: a name in it was.
        CHANGED,
        /// As [#CHANGED], and each single writing counts.
        MODIFIED,
        /// It is a folder with something in it.
        FOLDER_NOT_EMPTY
    }

    /// Whether it is enough that it is so, without anything happening.
    public boolean isState() {
        return switch (kind) {
            case EXISTS, EXISTS_MATCHING, FOLDER_NOT_EMPTY -> true;
            case CHANGED, MODIFIED -> false;
        };
    }
}
