package dev.fairlead.engine.handler;

import dev.fairlead.engine.http1.TestSettings;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Compression;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.ResponseHeaders;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Settings;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What applies to files in one place, to be changed by a test before it is compiled.
public final class TestPlace {
    private static final Span HERE = Span.builtIn();

    FileServing.Place place;
    List<Template> index = List.of(template("index.html"));
    Optional<FileServing.TryFiles> tryFiles = Optional.empty();
    Optional<FileServing.Listing> listing = Optional.empty();
    Optional<String> charset = Optional.empty();
    FileServing.ModifiedSince modifiedSince = FileServing.ModifiedSince.EXACT;
    boolean etag = true;
    FileServing.Precompressed precompressed = FileServing.Precompressed.OFF;
    FileServing.Cache cache = FileServing.Cache.OFF;
    Optional<Integer> maxRanges = Optional.empty();
    FileServing.Symlinks symlinks = FileServing.Symlinks.ALLOWED;
    final List<ResponseHeaders.Addition> additions = new ArrayList<>();
    final List<ResponseHeaders.Addition> trailers = new ArrayList<>();
    Optional<ResponseHeaders.Expiry> expiry = Optional.empty();
    Compression compression = TestSettings.DEFAULTS.compression();
    final List<Rule> rules = new ArrayList<>();

    private TestPlace(FileServing.Place place) {
        this.place = place;
    }

    public static TestPlace root(Path folder) {
        return new TestPlace(new FileServing.Place.Root(template(folder.toString()), HERE));
    }

    public static TestPlace alias(Path folder, String suffix, String prefix) {
        return new TestPlace(new FileServing.Place.Alias(template(folder + suffix), Optional.of(prefix), HERE));
    }

    public TestPlace index(String... names) {
        index = List.of(names).stream().map(TestPlace::template).toList();
        return this;
    }

    public TestPlace tryFiles(FileServing.TryFiles.Fallback otherwise, String... candidates) {
        List<Template> texts =
                List.of(candidates).stream().map(TestPlace::template).toList();
        tryFiles = Optional.of(new FileServing.TryFiles(texts, otherwise, HERE));
        return this;
    }

    public TestPlace listing(FileServing.Listing.Format format, boolean exactSize) {
        listing = Optional.of(new FileServing.Listing(format, exactSize, false));
        return this;
    }

    public TestPlace charset(String name) {
        charset = Optional.of(name);
        return this;
    }

    public TestPlace modifiedSince(FileServing.ModifiedSince comparison) {
        modifiedSince = comparison;
        return this;
    }

    public TestPlace precompressed(FileServing.Precompressed kind) {
        precompressed = kind;
        return this;
    }

    public TestPlace cache(int entries, Duration valid, boolean errors) {
        cache = new FileServing.Cache(entries, Duration.ofSeconds(60), valid, 1, errors);
        return this;
    }

    public TestPlace symlinks(FileServing.Symlinks which) {
        symlinks = which;
        return this;
    }

    public TestPlace maxRanges(int most) {
        maxRanges = Optional.of(most);
        return this;
    }

    public TestPlace add(String name, String value, boolean always) {
        additions.add(new ResponseHeaders.Addition(name, template(value), always, HERE));
        return this;
    }

    public TestPlace trailer(String name, String value) {
        trailers.add(new ResponseHeaders.Addition(name, template(value), false, HERE));
        return this;
    }

    public TestPlace expires(ResponseHeaders.Expiry when) {
        expiry = Optional.of(when);
        return this;
    }

    public TestPlace gzip(boolean vary, Compression.Proxied... proxied) {
        compression = new Compression(
                true, Set.of("text/html", "text/plain"), 6, 20, false, Set.of(proxied), vary, List.of(), true);
        return this;
    }

    public TestPlace gzipLevel(int level) {
        compression = new Compression(
                true, Set.of("text/html", "text/plain"), level, 20, false, Set.of(), false, List.of(), false);
        return this;
    }

    public TestPlace gunzip() {
        compression = new Compression(false, Set.of("text/html"), 6, 20, false, Set.of(), true, List.of(), true);
        return this;
    }

    /// A rule that replaces the path and stays in this place.
    public TestPlace rewriteHere(String pattern, String path) {
        Regex regex = new Regex(pattern, pattern, false, List.of(), 0, HERE);
        rules.add(new Rule.Rewrite(regex, template(path), true, Rule.Rewrite.Flow.BREAK, false, HERE));
        return this;
    }

    Settings settings() {
        Settings base = TestSettings.DEFAULTS;
        FileServing files = new FileServing(
                place,
                index,
                tryFiles,
                listing,
                Map.of("html", "text/html", "txt", "text/plain", "css", "text/css"),
                "application/octet-stream",
                charset,
                List.of("text/html", "text/plain"),
                modifiedSince,
                etag,
                precompressed,
                cache,
                maxRanges,
                true,
                symlinks);
        return new Settings(
                base.clientAddress(),
                base.access(),
                base.limits(),
                base.requestBody(),
                base.connection(),
                files,
                new ResponseHeaders(additions, trailers, expiry, ResponseHeaders.ServerField.NAME, true),
                compression,
                base.redirects(),
                base.errorPages(),
                base.logging());
    }

    Location location(Location.Match match) {
        return new Location(match, rules, settings(), new Action.ServeFiles(HERE), List.of(), false, HERE);
    }

    /// Text in which `$uri` and `$args` are variables.
    static Template template(String text) {
        List<Template.Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            Attribute found = text.startsWith("$uri", at)
                    ? Attribute.PATH
                    : text.startsWith("$args", at) ? Attribute.QUERY : null;
            if (found != null) {
                parts.add(new Template.Part.Reference(new Variable.Builtin(found)));
                at += found == Attribute.PATH ? 4 : 5;
                continue;
            }
            int next = text.indexOf('$', at + 1);
            int end = next < 0 ? text.length() : next;
            parts.add(new Template.Part.Literal(text.substring(at, end)));
            at = end;
        }
        return new Template(parts, HERE);
    }
}
