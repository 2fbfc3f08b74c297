package dev.fairlead.dialect.haproxy.build.server;

import dev.fairlead.dialect.haproxy.build.workshop.Formats;
import dev.fairlead.dialect.haproxy.build.workshop.Scene;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.rule.Acls;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.StickTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.upstream.Persistence;
import dev.fairlead.model.upstream.Persistence.Moment;
import dev.fairlead.model.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What binds clients to the servers of a backend: its cookie, its `stick` lines, and where `ignore-persist`,
/// `force-persist` and `option persist` make exceptions.
public final class Sticking {
    private static final String DESKTOP = "persist rdp-cookie";

    private final Workshop workshop;
    private final Proxy backend;
    private final Formats formats;
    private final Acls acls;
    private final Scene scene;

    public Sticking(Workshop workshop, Proxy backend) {
        this.workshop = workshop;
        this.backend = backend;
        this.scene = Scene.of(workshop, backend).in(backend);
        this.formats = new Formats(scene, workshop.problems());
        this.acls = new Acls(backend, scene, workshop.problems());
    }

    /// `use-server` lines count before the cookie, and that before the tables.
    public List<Persistence> persistence() {
        List<Persistence> all = new ArrayList<>();
        backend.each("use-server").forEach(entry -> ruled(entry).ifPresent(all::add));
        if (backend.isTcp()) {
            backend.each("cookie").forEach(this::leftAside);
            backend.last(DESKTOP).ifPresent(entry -> all.add(desktop(entry)));
            // What is remembered of an answer is remembered once the server has said something.
            backend.each("stick on", "stick match", "stick store-request", "stick store-response")
                    .forEach(entry -> remembered(entry).ifPresent(all::add));
            return all;
        }
        backend.last(DESKTOP)
                .ifPresent(entry -> workshop.problems()
                        .warning("haproxy.without-effect", entry.origin(), "'" + DESKTOP + "' is for mode tcp"));
        InsertedCookies.of(workshop, backend).ifPresent(all::add);
        backend.each("stick on", "stick match", "stick store-request", "stick store-response")
                .forEach(entry -> remembered(entry).ifPresent(all::add));
        return all;
    }

    /// `persist rdp-cookie(NAME)`; the usual one without it.
    private Persistence desktop(Entry entry) {
        String word = entry.keyword().text();
        int open = word.indexOf('(');
        String name = open < 0 || !word.endsWith(")") ? "msts" : word.substring(open + 1, word.length() - 1);
        Word cookie = entry.keyword().withText("req.rdp_cookie(" + name + ")");
        return new Persistence.InRdpCookie(formats.expression(cookie), entry.origin());
    }

    private void leftAside(Entry entry) {
        workshop.problems()
                .warning(
                        "haproxy.without-effect",
                        entry.origin(),
                        entry.name() + " will be ignored for backend '" + backend.name() + "' (needs 'mode http')");
    }

    private List<Moment> moments(Entry entry) {
        return switch (entry.name()) {
            case "stick match" -> List.of(Moment.LOOK_UP);
            case "stick store-request" -> List.of(Moment.REQUEST);
            case "stick store-response" -> List.of(backend.isTcp() ? Moment.WORDS : Moment.ANSWER);
            default -> List.of(Moment.LOOK_UP, Moment.REQUEST);
        };
    }

    /// `SERVER if CONDITION`
    private Optional<Persistence> ruled(Entry entry) {
        Acls.Divided line = acls.divide(entry, 1);
        String name = entry.text(0);
        boolean isKnown = backend.each("server").stream()
                .anyMatch(server -> server.text(0).equals(name));
        if (!isKnown) {
            workshop.problems()
                    .error(
                            "haproxy.use-server",
                            entry.arg(0).span(),
                            "unable to find server '" + name + "' in "
                                    + backend.section().shown() + " referenced in a 'use-server' rule");
            return Optional.empty();
        }
        Condition when = line.condition().orElseGet(() -> new Condition.Always(true));
        return Optional.of(new Persistence.Ruled(name, when, entry.origin()));
    }

    /// `PATTERN [table NAME] [if CONDITION]`
    private Optional<Persistence> remembered(Entry entry) {
        boolean isOfWords = moments(entry).contains(Moment.WORDS);
        Scene around = isOfWords ? scene.ofAnswers() : scene;
        Acls.Divided line = (isOfWords ? acls.in(around) : acls).divide(entry, -1);
        List<Word> own = line.own();
        boolean hasTable = own.size() == 3 && own.get(1).is("table");
        if (own.size() != 1 && !hasTable) {
            formats.problem(entry.keyword(), "'" + entry.name() + "' expects a key, and perhaps 'table' and a name");
            return Optional.empty();
        }
        String name = hasTable ? own.get(2).text() : backend.name();
        Optional<StickTable> table = workshop.tables().named(name);
        if (table.isEmpty()) {
            formats.problem(
                    hasTable ? own.get(2) : entry.keyword(),
                    hasTable
                            ? "unable to find stick-table '" + name + "'"
                            : "'" + entry.name()
                                    + "' needs a stick-table in its proxy, or 'table' and the name of one");
            return Optional.empty();
        }
        Template key = new Formats(around, workshop.problems()).expression(own.getFirst());
        return Optional.of(
                new Persistence.Remembered(table.get(), key, line.condition(), moments(entry), entry.origin()));
    }

    /// The first of the lines that holds decides.
    public Upstream.Loyalty loyalty() {
        List<Condition> cookieIgnored = new ArrayList<>();
        List<Condition> evenDown = new ArrayList<>();
        List<Condition> before = new ArrayList<>();
        for (Entry entry : backend.each("ignore-persist", "force-persist")) {
            Optional<Condition> condition = acls.condition(entry.args());
            if (condition.isPresent()) {
                List<Condition> all = new ArrayList<>(
                        before.stream().<Condition>map(Condition.Not::new).toList());
                all.add(condition.get());
                Condition whole = all.size() == 1 ? condition.get() : new Condition.AllOf(all);
                (entry.name().equals("force-persist") ? evenDown : cookieIgnored).add(whole);
                before.add(condition.get());
            }
        }
        if (backend.isOn("option persist")) {
            evenDown.add(new Condition.Always(true));
        }
        return new Upstream.Loyalty(any(cookieIgnored), any(evenDown));
    }

    private static Optional<Condition> any(List<Condition> conditions) {
        return switch (conditions.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(conditions.getFirst());
            default -> Optional.of(new Condition.AnyOf(conditions));
        };
    }
}
