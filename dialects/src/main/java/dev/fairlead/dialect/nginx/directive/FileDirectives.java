package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Numbers;
import dev.fairlead.dialect.nginx.value.Times;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.FileServing.Cache;
import dev.fairlead.model.http.FileServing.Listing;
import dev.fairlead.model.http.FileServing.ModifiedSince;
import dev.fairlead.model.http.FileServing.Precompressed;
import dev.fairlead.model.http.FileServing.Symlinks;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How files are found for paths and sent.
public final class FileDirectives {
    private static final Setting<List<Word>> INDEX =
            Setting.of(Group.FILES, List.of(new Word("index.html", Span.builtIn())));
    private static final Setting<Boolean> LISTING = Setting.of(Group.FILES, false);
    private static final Setting<Boolean> LISTING_EXACT = Setting.of(Group.FILES, true);
    private static final Setting<Boolean> LISTING_LOCAL = Setting.of(Group.FILES, false);
    private static final Setting<Listing.Format> LISTING_FORMAT = Setting.of(Group.FILES, Listing.Format.HTML);
    private static final Setting<ModifiedSince> MODIFIED_SINCE = Setting.of(Group.FILES, ModifiedSince.EXACT);
    private static final Setting<Boolean> ETAG = Setting.of(Group.FILES, true);
    private static final Setting<Precompressed> GZIP_STATIC = Setting.of(Group.FILES, Precompressed.OFF);
    private static final Setting<Cache> CACHE = Setting.of(Group.FILES, Cache.OFF);
    private static final Setting<Duration> CACHE_VALID = Setting.of(Group.FILES, Duration.ofSeconds(60));
    private static final Setting<Integer> CACHE_MIN_USES = Setting.of(Group.FILES, 1);
    private static final Setting<Boolean> CACHE_ERRORS = Setting.of(Group.FILES, false);
    private static final Setting<Integer> MAX_RANGES = Setting.of(Group.FILES, Integer.MAX_VALUE);
    private static final Setting<Boolean> LOG_MISSING = Setting.of(Group.FILES, true);
    private static final Setting<Symlinks> SYMLINKS = Setting.of(Group.FILES, Symlinks.ALLOWED);

    private FileDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return Rows.join(
                List.of(
                        Rows.words(
                                "index",
                                HTTP_SERVER_LOCATION,
                                Arity.atLeast(1),
                                "Names the files that stand for a folder.",
                                FileDirectives::index),
                        Rows.choice(
                                "if_modified_since",
                                HTTP_SERVER_LOCATION,
                                MODIFIED_SINCE,
                                Map.of(
                                        "off", ModifiedSince.OFF,
                                        "exact", ModifiedSince.EXACT,
                                        "before", ModifiedSince.BEFORE),
                                "Says how If-Modified-Since is compared."),
                        Rows.flag("etag", HTTP_SERVER_LOCATION, ETAG, "Makes an ETag for files."),
                        Rows.choice(
                                "gzip_static",
                                HTTP_SERVER_LOCATION,
                                GZIP_STATIC,
                                Map.of(
                                        "off", Precompressed.OFF,
                                        "on", Precompressed.WHEN_ACCEPTED,
                                        "always", Precompressed.ALWAYS),
                                "Sends FILE.gz instead of FILE where it is there."),
                        Rows.number(
                                "max_ranges", HTTP_SERVER_LOCATION, MAX_RANGES, "Bounds the ranges of one request."),
                        Rows.flag("log_not_found", HTTP_SERVER_LOCATION, LOG_MISSING, "Logs missing files as errors."),
                        Rows.row(
                                "disable_symlinks",
                                HTTP_SERVER_LOCATION,
                                Arity.between(1, 2),
                                "Refuses symbolic links.",
                                FileDirectives::symlinks)),
                listing(),
                cache());
    }

    private static List<Directive<Context, Setter>> listing() {
        return List.of(
                Rows.flag("autoindex", HTTP_SERVER_LOCATION, LISTING, "Lists folders without an index."),
                Rows.flag(
                        "autoindex_exact_size",
                        HTTP_SERVER_LOCATION,
                        LISTING_EXACT,
                        "Lists sizes in bytes, not rounded."),
                Rows.flag("autoindex_localtime", HTTP_SERVER_LOCATION, LISTING_LOCAL, "Lists times in the local zone."),
                Rows.choice(
                        "autoindex_format",
                        HTTP_SERVER_LOCATION,
                        LISTING_FORMAT,
                        Map.of(
                                "html", Listing.Format.HTML,
                                "xml", Listing.Format.XML,
                                "json", Listing.Format.JSON,
                                "jsonp", Listing.Format.JSONP),
                        "Says how listings are written."));
    }

    private static List<Directive<Context, Setter>> cache() {
        return List.of(
                Rows.row(
                        "open_file_cache",
                        HTTP_SERVER_LOCATION,
                        Arity.between(1, 2),
                        "Remembers open files.",
                        FileDirectives::openFileCache),
                Rows.seconds(
                        "open_file_cache_valid",
                        HTTP_SERVER_LOCATION,
                        CACHE_VALID,
                        "Says after what time a remembered file is checked."),
                Rows.number(
                        "open_file_cache_min_uses",
                        HTTP_SERVER_LOCATION,
                        CACHE_MIN_USES,
                        "Says how often a file must be asked for before it is remembered."),
                Rows.flag(
                        "open_file_cache_errors",
                        HTTP_SERVER_LOCATION,
                        CACHE_ERRORS,
                        "Remembers missing files as well."));
    }

    private static void index(Statement statement, Level level, Compilation c) {
        List<Word> names =
                new ArrayList<>(level.own(INDEX).map(Level.Assigned::value).orElse(List.of()));
        for (int i = 0; i < statement.count(); i++) {
            Word word = statement.arg(i);
            if (word.text().startsWith("/") && i != statement.count() - 1) {
                c.problems()
                        .warning(
                                "nginx.index",
                                word.span(),
                                "only the last index in \"index\" directive should be absolute");
            }
            if (word.text().isEmpty()) {
                c.value(word, "index \"\" in \"index\" directive is invalid");
            }
            names.add(c.text(word));
        }
        level.reassign(INDEX, List.copyOf(names), statement.span());
    }

    private static void symlinks(Statement statement, Level level, Compilation c) {
        Map<String, Symlinks> kinds =
                Map.of("off", Symlinks.ALLOWED, "on", Symlinks.REFUSED, "if_not_owner", Symlinks.REFUSED_IF_NOT_OWNER);
        for (Word word : statement.args()) {
            Symlinks kind = kinds.get(word.text());
            if (word.text().startsWith("from=")) {
                c.problems()
                        .error(
                                "nginx.unsupported",
                                word.span(),
                                "parameter \"from=\" of \"disable_symlinks\" is not supported by Fairlead:"
                                        + " links are checked in the whole path");
            } else if (kind == null) {
                c.invalidParameter(word);
            } else {
                c.set(statement, level, SYMLINKS, kind);
            }
        }
    }

    private static void openFileCache(Statement statement, Level level, Compilation c) {
        if (Rows.isDuplicate(statement, level, CACHE, c)) {
            return;
        }
        int most = 0;
        Duration inactive = Duration.ofSeconds(60);
        for (Word word : statement.args()) {
            String text = word.text();
            Optional<Integer> max = text.startsWith("max=")
                    ? Numbers.parseInt(text.substring(4)).filter(number -> number > 0)
                    : Optional.empty();
            Optional<Duration> time =
                    text.startsWith("inactive=") ? Times.seconds(text.substring(9)) : Optional.empty();
            if (text.equals("off")) {
                c.set(statement, level, CACHE, Cache.OFF);
                return;
            }
            if (max.isEmpty() && time.isEmpty()) {
                c.value(word, "invalid \"open_file_cache\" parameter \"" + word + "\"");
                return;
            }
            most = max.orElse(most);
            inactive = time.orElse(inactive);
        }
        if (most == 0) {
            c.directive(
                    statement,
                    statement.span(),
                    "must have the \"max\" parameter",
                    "for example: open_file_cache max=1000 inactive=60s;");
            return;
        }
        c.set(statement, level, CACHE, new Cache(most, inactive, Duration.ZERO, 1, false));
    }

    /// What holds at a level, without `try_files`, which belongs to one place alone.
    public static FileServing build(Level level, Assembly assembly) {
        boolean listed = level.value(LISTING);
        Cache cache = level.value(CACHE);
        int ranges = level.value(MAX_RANGES);
        return new FileServing(
                FolderDirectives.place(level, assembly),
                assembly.templates().templates(level.value(INDEX)),
                Optional.empty(),
                listed
                        ? Optional.of(new Listing(
                                level.value(LISTING_FORMAT), level.value(LISTING_EXACT), level.value(LISTING_LOCAL)))
                        : Optional.empty(),
                TypeDirectives.types(level),
                TypeDirectives.defaultType(level),
                TypeDirectives.charset(level),
                TypeDirectives.charsetTypes(level),
                level.value(MODIFIED_SINCE),
                level.value(ETAG),
                level.value(GZIP_STATIC),
                cache.maxEntries() == 0
                        ? Cache.OFF
                        : new Cache(
                                cache.maxEntries(),
                                cache.inactive(),
                                level.value(CACHE_VALID),
                                level.value(CACHE_MIN_USES),
                                level.value(CACHE_ERRORS)),
                ranges == Integer.MAX_VALUE ? Optional.empty() : Optional.of(ranges),
                level.value(LOG_MISSING),
                level.value(SYMLINKS));
    }
}
