package dev.fairlead.dialect.haproxy.build.rule;

import dev.fairlead.dialect.haproxy.build.workshop.Formats;
import dev.fairlead.dialect.haproxy.build.workshop.Scene;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.scope.Section;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.table.Context;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.http.Content;
import dev.fairlead.model.http.ErrorPages;
import dev.fairlead.model.http.ErrorPages.Shown;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Template;
import dev.fairlead.source.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// `errorfile`, `errorloc` and their like: an error leads to a named location that answers with what a file
/// holds, or with a redirect.
public final class Errors {
    private static final Set<Integer> STATUSES =
            Set.of(200, 400, 401, 403, 404, 405, 407, 408, 410, 413, 421, 422, 425, 429, 500, 501, 502, 503, 504);

    private final Workshop workshop;
    private final Map<String, Rule> rules = new LinkedHashMap<>();

    public Errors(Workshop workshop) {
        this.workshop = workshop;
    }

    /// By the name of the location, those that pages have led to so far.
    public Map<String, Rule> rules() {
        return rules;
    }

    /// @param proxies the later one counts over the earlier
    public ErrorPages pages(List<Proxy> proxies, Scene scene) {
        Map<Integer, ErrorPages.Page> pages = new TreeMap<>();
        proxies.forEach(proxy -> collect(proxy, scene, pages));
        return new ErrorPages(List.copyOf(pages.values()), false, false, ErrorPages.BuiltIn.WITH_SENTENCE);
    }

    private void collect(Proxy proxy, Scene scene, Map<Integer, ErrorPages.Page> pages) {
        for (Entry entry :
                proxy.each("errorfile", "errorloc", "errorloc302", "errorloc303", "errorfiles", "http-error")) {
            switch (entry.name()) {
                case "errorfile" -> file(entry).ifPresent(rule -> page(entry, status(entry), rule, pages));
                case "errorfiles" -> files(entry, pages);
                case "http-error" -> written(entry, scene, pages);
                default -> page(entry, status(entry), redirect(entry), pages);
            }
        }
    }

    private void page(Entry entry, int status, Rule rule, Map<Integer, ErrorPages.Page> pages) {
        if (status == 0) {
            return;
        }
        String name = "error " + status + " " + entry.origin();
        rules.put(name, rule);
        pages.put(
                status,
                new ErrorPages.Page(
                        Set.of(status),
                        new Shown.OfPage(),
                        Template.constant("@" + name, entry.origin()),
                        entry.origin()));
    }

    /// `http-error status N …`
    private void written(Entry entry, Scene scene, Map<Integer, ErrorPages.Page> pages) {
        Formats formats = new Formats(scene, workshop.problems());
        Rule rule = new Replies(formats).read(entry, entry.args(), 0, true);
        if (rule instanceof Rule.Respond respond) {
            if (STATUSES.contains(respond.status())) {
                page(entry, respond.status(), rule, pages);
            } else {
                formats.problem(entry.keyword(), "'http-error' needs a status: http-error status 503 …");
            }
        }
    }

    /// All files of a section `http-errors`, or those of the statuses behind its name.
    private void files(Entry entry, Map<Integer, ErrorPages.Page> pages) {
        Optional<Section> section = section(entry.arg(0));
        if (section.isEmpty()) {
            return;
        }
        List<String> wanted =
                entry.args().subList(1, entry.count()).stream().map(Word::text).toList();
        for (Entry line : section.get().entries()) {
            if (wanted.isEmpty() || wanted.contains(line.text(0))) {
                file(line).ifPresent(rule -> page(line, status(line), rule, pages));
            }
        }
    }

    private int status(Entry entry) {
        Optional<Integer> status = Figures.between(entry.text(0), 100, 599);
        if (status.filter(STATUSES::contains).isEmpty()) {
            workshop.problems()
                    .error(
                            "haproxy.status",
                            entry.arg(0).span(),
                            "'" + entry.name() + "' : status code '" + entry.text(0) + "' not handled",
                            "one of 200, 400, 401, 403, 404, 405, 407, 408, 410, 413, 425, 429, 500 to 504");
            return 0;
        }
        return status.get();
    }

    private static Rule redirect(Entry entry) {
        int status = entry.name().endsWith("303") ? 303 : 302;
        return new Rule.Respond(
                status,
                Optional.empty(),
                new Content.None(),
                List.of(
                        new Forward.FieldAssignment(
                                "location", Template.constant(entry.text(1), entry.origin()), entry.origin()),
                        new Forward.FieldAssignment(
                                "cache-control", Template.constant("no-cache", entry.origin()), entry.origin())),
                entry.origin());
    }

    private Optional<Rule> file(Entry entry) {
        return whole(entry.arg(1), entry.origin());
    }

    /// The answer that a file holds.
    Optional<Rule> whole(Word file, Span at) {
        String path = workshop.path(file, "");
        if (path.equals("/dev/null")) {
            return Optional.of(new Rule.Answer(444, Optional.empty(), at));
        }
        try {
            return Optional.of(parse(workshop.read(path), file, at));
        } catch (IOException unreadable) {
            workshop.problems().error("haproxy.errorfile", file.span(), "failed to open file '" + file.text() + "'");
            return Optional.empty();
        }
    }

    /// The answer to a status in a section `http-errors`; an empty one where it has none.
    Optional<Rule> ofSection(Word name, int status, Span at) {
        Optional<Section> section = section(name);
        String number = Integer.toString(status);
        return section.flatMap(found -> found.entries().stream()
                        .filter(line -> line.text(0).equals(number))
                        .reduce((first, second) -> second)
                        .flatMap(this::file))
                .or(() -> Optional.of(new Rule.Respond(status, Optional.empty(), new Content.None(), List.of(), at)));
    }

    private Optional<Section> section(Word name) {
        Optional<Section> section = workshop.configuration().named(Context.HTTP_ERRORS, name.text());
        if (section.isEmpty()) {
            workshop.problems()
                    .error(
                            "haproxy.no-errors",
                            name.span(),
                            "unable to find http-errors section '" + name.text() + "'");
        }
        return section;
    }

    /// The file holds a whole answer: status line, fields, an empty line, the body.
    private Rule parse(String text, Word file, Span at) {
        String unified = text.replace("\r\n", "\n");
        int gap = unified.indexOf("\n\n");
        String head = gap < 0 ? unified : unified.substring(0, gap);
        // The body stands as it is, with its own line ends.
        int bodyStart = gap < 0 ? text.length() : bodyOf(text);
        List<String> lines = head.lines().toList();
        int status = lines.isEmpty() ? 0 : statusOf(lines.getFirst());
        if (status == 0) {
            workshop.problems()
                    .error(
                            "haproxy.errorfile",
                            file.span(),
                            "unable to convert message in HTX for error file '" + file.text() + "'",
                            "it starts with a status line: HTTP/1.0 503 Service Unavailable");
            return new Rule.Answer(500, Optional.empty(), at);
        }
        List<Forward.FieldAssignment> fields = new ArrayList<>();
        Optional<Template> type = Optional.empty();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            Template value = Template.constant(line.substring(colon + 1).strip(), at);
            if (name.equalsIgnoreCase("content-type")) {
                type = Optional.of(value);
            } else if (!name.isEmpty()
                    && !name.equalsIgnoreCase("content-length")
                    && !name.equalsIgnoreCase("connection")) {
                fields.add(new Forward.FieldAssignment(name, value, at));
            }
        }
        return new Rule.Respond(
                status, type, new Content.Text(Template.constant(text.substring(bodyStart), at)), fields, at);
    }

    private static int bodyOf(String text) {
        int plain = text.indexOf("\n\n");
        int carriage = text.indexOf("\r\n\r\n");
        boolean isPlain = plain >= 0 && (carriage < 0 || plain < carriage);
        return isPlain ? plain + 2 : carriage + 4;
    }

    private static int statusOf(String line) {
        String[] parts = line.split(" ", 3);
        return parts.length > 1 && parts[0].startsWith("HTTP/")
                ? Figures.between(parts[1], 100, 599).orElse(0)
                : 0;
    }
}
