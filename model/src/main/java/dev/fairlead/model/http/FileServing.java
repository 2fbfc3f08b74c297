package dev.fairlead.model.http;

import dev.fairlead.model.text.Template;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which files stand for which paths, and how they are sent.
///
/// @param place the folder
/// @param index names tried in order for a path that ends in a slash; one that starts with a slash is an internal
/// redirect
/// @param tryFiles tried before the location's action
/// @param listing how a folder without an index is listed; empty answers 403
/// @param types content type by lower-case file extension
/// @param defaultType for other extensions
/// @param charset put behind the content types in `charsetTypes`
/// @param modifiedSince how If-Modified-Since is compared
/// @param etag whether an ETag is made from size and time
/// @param precompressed whether `FILE.gz` is sent instead
/// @param cache what is remembered of open files
/// @param maxRanges ranges in one request; 0 ignores ranges, empty for no limit
/// @param logMissing whether a missing file is an error-log line
/// @param symlinks which symbolic links are refused
public record FileServing(
        Place place,
        List<Template> index,
        Optional<TryFiles> tryFiles,
        Optional<Listing> listing,
        Map<String, String> types,
        String defaultType,
        Optional<String> charset,
        List<String> charsetTypes,
        ModifiedSince modifiedSince,
        boolean etag,
        Precompressed precompressed,
        Cache cache,
        Optional<Integer> maxRanges,
        boolean logMissing,
        Symlinks symlinks) {
    /// For places that serve no files.
    public static final FileServing NONE = plain(
            new Place.Root(Template.constant("/nonexistent", Span.builtIn()), Span.builtIn()),
            "application/octet-stream");

    /// Files as they are: no index, no listing, no validators, no ranges.
    ///
    /// @param type the Content-Type of all
    public static FileServing plain(Place place, String type) {
        return new FileServing(
                place,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                type,
                Optional.empty(),
                List.of(),
                ModifiedSince.OFF,
                false,
                Precompressed.OFF,
                Cache.OFF,
                Optional.of(0),
                false,
                Symlinks.ALLOWED);
    }

    /// How a path becomes a file name.
    public sealed interface Place {
        Template folder();

        /// The whole path is appended.
        record Root(Template folder, Span origin) implements Place {}

        /// What follows a prefix of the path is appended.
        ///
        /// @param prefix what is cut off the path: that of the location which set the alias, also in places
        ///     inside it. Empty in a location by expression: the template is the whole name
        record Alias(Template folder, Optional<String> prefix, Span origin) implements Place {}
    }

    /// @param candidates paths below the place, tried in order; a trailing slash asks for a folder
    /// @param otherwise what happens when none is there
    public record TryFiles(List<Template> candidates, Fallback otherwise, Span origin) {
        public sealed interface Fallback {
            /// Internal redirect to a path (with query).
            record Path(Template path) implements Fallback {}

            record Named(String location) implements Fallback {}

            record Status(int status) implements Fallback {}
        }
    }

    public record Listing(Format format, boolean exactSize, boolean localTime) {
        public enum Format {
            HTML,
            XML,
            JSON,
            JSONP
        }
    }

    public enum ModifiedSince {
        OFF,
        /// Only the very time.
        EXACT,
        /// That time or a later one.
        BEFORE
    }

    public enum Precompressed {
        OFF,
        WHEN_ACCEPTED,
        ALWAYS
    }

    /// @param maxEntries most files remembered; 0 for none. Small files' contents are held too, within the
    ///     engine's own bound
    /// @param inactive an entry that is not used for as long is dropped
    /// @param valid an entry is checked against the file system when it is older than this
    /// @param minUses uses within `inactive` before a file is kept
    /// @param errors whether missing files are remembered as well
    public record Cache(int maxEntries, Duration inactive, Duration valid, int minUses, boolean errors) {
        public static final Cache OFF = new Cache(0, Duration.ZERO, Duration.ZERO, 1, false);
    }

    public enum Symlinks {
        ALLOWED,
        REFUSED,
        REFUSED_IF_NOT_OWNER
    }
}
