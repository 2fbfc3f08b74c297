package dev.fairlead.engine.handler;

import java.util.Comparator;

/// A line of a listing.
///
/// @param name its bytes
/// @param modified seconds since 1970
record ListedFile(String name, boolean isFolder, boolean isFile, long modified, long size) {
    static final Comparator<ListedFile> ORDER =
            Comparator.comparing(ListedFile::isFolder).reversed().thenComparing(ListedFile::name);
}
