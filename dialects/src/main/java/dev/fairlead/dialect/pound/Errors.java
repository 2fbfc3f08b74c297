package dev.fairlead.dialect.pound;

import dev.fairlead.dialect.pound.table.PoundTable;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Content;
import dev.fairlead.model.http.ErrorPages;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Settings;
import dev.fairlead.model.text.Template;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What a listener answers errors with: its own pages, or Pound's small ones.
final class Errors {
    private static final int BAD_GATEWAY = 502;
    private static final int SLOW_SERVER = 504;
    private static final int INTERNAL = 500;

    private final Reading reading;
    private final Map<Integer, String> pages = new TreeMap<>();

    Errors(Reading reading, Statement listener) {
        this.reading = reading;
        for (int status : PoundTable.ERRORS) {
            pages.put(status, ErrorTexts.page(status));
        }
        listener.children().forEach(this::read);
    }

    private void read(Statement statement) {
        if (statement.is("ErrorFile")) {
            reading.number(statement, 0, 400, 599).ifPresent(status -> page(status, statement, statement.arg(1)));
        } else if (statement.name().startsWith("Err") && statement.name().length() == "Err000".length()) {
            page(Integer.parseInt(statement.name().substring(3)), statement, statement.arg(0));
        }
    }

    private void page(int status, Statement statement, Word file) {
        if (!PoundTable.ERRORS.contains(status)) {
            reading.problems()
                    .error(
                            "pound.status",
                            statement.arg(0).span(),
                            "unsupported status code " + status,
                            "one of 400, 401, 403, 404, 405, 408, 413, 414, 500, 501, 503");
            return;
        }
        reading.text(reading.path(file.text()), file.span()).ifPresent(text -> pages.put(status, text));
    }

    /// Where Pound says 500, others say that the server's answer was bad or late.
    ErrorPages of() {
        List<ErrorPages.Page> found = new ArrayList<>();
        for (int status : pages.keySet()) {
            Set<Integer> statuses = new HashSet<>(Set.of(status));
            if (status == INTERNAL) {
                statuses.addAll(Set.of(BAD_GATEWAY, SLOW_SERVER));
            }
            found.add(new ErrorPages.Page(
                    Set.copyOf(statuses),
                    new ErrorPages.Shown.OfPage(),
                    Template.constant("@" + name(status), Span.builtIn()),
                    Span.builtIn()));
        }
        return new ErrorPages(found, false, false);
    }

    private static String name(int status) {
        return "error " + status;
    }

    /// The named locations that the pages lead to.
    List<Location> locations(Settings settings) {
        List<Location> locations = new ArrayList<>();
        pages.forEach((status, text) -> locations.add(new Location(
                new Location.Match.Named(name(status)),
                List.of(answer(status, text, Span.builtIn())),
                settings,
                new Action.ServeFiles(Span.builtIn()),
                List.of(),
                true,
                Span.builtIn())));
        return locations;
    }

    /// The listener's page for a status as an answer.
    Rule answer(int status, Span at) {
        return answer(status, pages.getOrDefault(status, ErrorTexts.page(status)), at);
    }

    static Rule answer(int status, String text, Span at) {
        return new Rule.Respond(
                status,
                Optional.of(Template.constant("text/html", at)),
                new Content.Text(Template.constant(text, at)),
                List.of(
                        field("Expires", "now", at),
                        field("Pragma", "no-cache", at),
                        field("Cache-Control", "no-cache,no-store", at)),
                at);
    }

    private static Forward.FieldAssignment field(String name, String value, Span at) {
        return new Forward.FieldAssignment(name, Template.constant(value, at), at);
    }
}
