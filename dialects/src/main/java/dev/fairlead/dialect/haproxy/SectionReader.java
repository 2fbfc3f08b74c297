package dev.fairlead.dialect.haproxy;

import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import dev.fairlead.dialect.haproxy.scope.Configuration;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Section;
import dev.fairlead.dialect.haproxy.syntax.Environment;
import dev.fairlead.dialect.haproxy.syntax.Line;
import dev.fairlead.dialect.haproxy.syntax.Lines;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.table.Context;
import dev.fairlead.dialect.haproxy.table.HaproxyTable;
import dev.fairlead.dialect.haproxy.table.Keeping;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import dev.fairlead.unit.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads files into sections: each line is a known keyword in its place, or a problem.
final class SectionReader {
    /// Keywords that may not stand in a section of the other side at all.
    private static final List<String> STRICT_SIDES =
            List.of("server", "default-server", "declare", "retry-on", "grace", "tcp-request", "tcp-response");

    private static final List<String> SECTIONS =
            Arrays.stream(Context.values()).map(Context::word).toList();

    private final Problems problems;
    private final Environment environment;
    private final boolean keepsAll;
    private final List<Section> sections = new ArrayList<>();
    private final Map<String, Section> proxies = new HashMap<>();
    private final Map<String, Section> namedDefaults = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private Optional<Section> current = Optional.empty();
    private Optional<Section> lastDefaults = Optional.empty();

    /// @param keepsAll whether lines without effect are kept too, for those who look at what is written
    SectionReader(Environment environment, Problems problems, boolean keepsAll) {
        this.environment = environment;
        this.problems = problems;
        this.keepsAll = keepsAll;
    }

    Configuration configuration() {
        return new Configuration(sections);
    }

    void read(SourceFile file) {
        current = Optional.empty();
        environment.enterSection("");
        Lines lines = new Lines(file, environment, problems);
        for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            read(line.get());
        }
    }

    private void read(Line line) {
        Optional<Context> opens = Context.of(line.first().text());
        boolean isKeyword = current.isPresent() && (isKeywordHere(line, current.get()) || ForeignWords.isNginx(line));
        if (opens.isPresent() && !isKeyword) {
            open(opens.get(), line);
        } else if (current.isEmpty()) {
            outOfSection(line);
        } else if (isMisspelt(line)) {
            outOfSection(line);
        } else if (!current.get().kind().isUnread()) {
            keyword(line, current.get());
        }
    }

    private void outOfSection(Line line) {
        String name = line.first().text();
        Optional<String> meant = Suggestion.nearest(name, SECTIONS);
        List<Context> places = HaproxyTable.contexts(List.of(name));
        problems.add(Diagnostic.error(
                        "haproxy.out-of-section", line.first().span(), "unknown keyword '" + name + "' out of section")
                .hint(meant.map(near -> "did you mean '" + near + "'?")
                        .or(() -> ForeignWords.hint(line))
                        .or(() -> places.isEmpty()
                                ? Optional.empty()
                                : Optional.of("it belongs in a section: "
                                        + places.stream().map(Context::word).collect(Collectors.joining(", "))))));
        // What follows is read as what was meant, so that it is not told as well.
        meant.flatMap(Context::of).ifPresent(kind -> open(kind, line));
    }

    /// Whether a line without indentation opens a section by a word that is spelt wrongly.
    private static boolean isMisspelt(Line line) {
        String name = line.first().text();
        return line.first().span().column() == 1
                && HaproxyTable.contexts(List.of(name)).isEmpty()
                && !name.equals("no")
                && Suggestion.nearest(name, SECTIONS).isPresent()
                && Arrays.stream(Context.values()).noneMatch(kind -> HaproxyTable.isFamily(name, kind));
    }

    /// `log-profile`, `cache` and the like are words inside of sections as well, but never alone on a line of
    /// their own with a name behind.
    private static boolean isKeywordHere(Line line, Section section) {
        return section.kind() == Context.PROGRAM
                && line.first().is("user")
                && Context.of(line.first().text()).isPresent();
    }

    private void open(Context kind, Line line) {
        Support support = HaproxyTable.support(kind);
        switch (support) {
            case Support.Full full -> {}
            case Support.WithoutEffect without ->
                problems.add(Diagnostic.warning(
                        "haproxy.without-effect",
                        line.span(),
                        "section '" + kind.word() + "' has no effect: " + without.reason()));
            case Support.Refused refused ->
                problems.error(
                        "haproxy.refused",
                        line.span(),
                        "section '" + kind.word() + "' is not supported: " + refused.reason());
        }
        Section section = new Section(kind, line, defaultsOf(kind, line));
        checkHead(section);
        environment.enterSection(section.isNamed() ? section.name() : kind.word());
        current = Optional.of(section);
        sections.add(section);
        if (kind == Context.DEFAULTS) {
            lastDefaults = current;
            if (section.isNamed()) {
                namedDefaults.put(section.name(), section);
            }
        }
    }

    private Optional<Section> defaultsOf(Context kind, Line line) {
        if (!kind.isProxy() && kind != Context.DEFAULTS) {
            return Optional.empty();
        }
        for (int i = 1; i + 1 < line.count(); i++) {
            if (line.word(i).is("from")) {
                Word name = line.word(i + 1);
                Optional<Section> named = Optional.ofNullable(namedDefaults.get(name.text()));
                if (named.isEmpty()) {
                    problems.add(Diagnostic.error(
                                    "haproxy.no-defaults",
                                    name.span(),
                                    "'defaults " + name.text() + "' does not exist for " + kind.word() + " '"
                                            + line.text(1) + "'")
                            .hint(Suggestion.nearest(name.text(), namedDefaults.keySet())
                                    .map(near -> "did you mean '" + near + "'?")));
                }
                return named;
            }
        }
        return kind == Context.DEFAULTS ? Optional.empty() : lastDefaults;
    }

    private void checkHead(Section section) {
        Context kind = section.kind();
        Line head = section.head();
        if (kind.isProxy() && !section.isNamed()) {
            problems.error(
                    "haproxy.no-name",
                    head.span(),
                    "'" + kind.word() + "' expects an <id> argument",
                    "a name behind the keyword: " + kind.word() + " www");
            return;
        }
        if (!section.isNamed()) {
            return;
        }
        Word name = head.word(1);
        int bad = firstBadCharacter(name.text());
        if (bad >= 0) {
            problems.error(
                    "haproxy.bad-name",
                    name.span(),
                    "character '" + name.text().charAt(bad) + "' is not permitted in '" + kind.word() + "' name '"
                            + name.text() + "'",
                    "letters, digits, '-', '_', '.' and ':'");
        }
        if (!kind.isProxy()) {
            return;
        }
        Section known = proxies.putIfAbsent(name.text(), section);
        boolean bothSides = known != null
                && (known.kind() == section.kind()
                        || known.kind() == Context.LISTEN
                        || section.kind() == Context.LISTEN);
        if (known != null && bothSides) {
            problems.error(
                    "haproxy.duplicate",
                    name.span(),
                    kind.word() + " '" + name.text() + "' has the same name as " + known.shown() + " declared at "
                            + known.origin().fileAndLine());
        }
    }

    private static int firstBadCharacter(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetterOrDigit(c) && "-_.:".indexOf(c) < 0) {
                return i;
            }
        }
        return -1;
    }

    private void keyword(Line written, Section section) {
        Entry.Sense sense = Entry.Sense.ON;
        Line line = written;
        if (written.count() > 1 && (written.first().is("no") || written.first().is("default"))) {
            sense = written.first().is("no") ? Entry.Sense.OFF : Entry.Sense.USUAL;
            line = new Line(written.from(1));
        }
        List<String> words = line.words().stream().map(Word::text).toList();
        Optional<HaproxyTable.Found> found = HaproxyTable.find(words, section.kind());
        if (found.isEmpty()) {
            if (!isOfOtherSide(line, words, section)) {
                unknown(line, words, section);
            }
            return;
        }
        Entry entry = new Entry(found.get().row(), line, found.get().words(), sense);
        if (sense != Entry.Sense.ON && isAlwaysOn(entry)) {
            problems.error(
                    "haproxy.no-prefix",
                    written.first().span(),
                    "negation/default is not supported for '" + entry.name() + "'");
        } else if (supported(entry) && countIsRight(entry)) {
            section.add(entry);
            environment(entry);
        }
    }

    private static boolean isAlwaysOn(Entry entry) {
        return entry.row().setter() != Keeping.SWITCH && !entry.name().equals("log");
    }

    private boolean supported(Entry entry) {
        String name = entry.name();
        return switch (entry.row().support()) {
            case Support.Full full -> true;
            case Support.Refused refused -> {
                problems.add(Diagnostic.error(
                                "haproxy.refused",
                                entry.origin(),
                                "'" + name + "' is not supported: " + refused.reason())
                        .hint(ForeignWords.today(name, entry.args()).map(today -> "here: " + today)));
                yield false;
            }
            case Support.WithoutEffect without -> {
                if (entry.isOn() && told.add(name + " " + entry.origin().file().name())) {
                    String message = "'" + name + "' has no effect: " + without.reason();
                    problems.add(
                            without.noticeable()
                                    ? Diagnostic.warning("haproxy.without-effect", entry.origin(), message)
                                    : Diagnostic.note("haproxy.without-effect", entry.origin(), message));
                }
                yield keepsAll;
            }
        };
    }

    private boolean countIsRight(Entry entry) {
        Directive<Context, Keeping> row = entry.row();
        if (!entry.isOn() || row.arity().accepts(entry.count())) {
            return true;
        }
        problems.add(Diagnostic.error(
                        "haproxy.arguments",
                        entry.origin(),
                        "'" + entry.name() + "' takes " + row.arity().describe() + ", not " + entry.count())
                .hint(usage(entry)));
        return false;
    }

    private static Optional<String> usage(Entry entry) {
        if (entry.name().equals("server") && entry.text(0).indexOf(':') > 0) {
            return Optional.of("its name stands first: server one " + entry.text(0));
        }
        boolean isTime = entry.name().startsWith("timeout ") && entry.count() == 2;
        return isTime
                ? Optional.of("number and unit are one word: " + entry.text(0) + entry.text(1))
                : Optional.of(entry.row().doc()).filter(doc -> !doc.isEmpty());
    }

    /// What a frontend says of servers, or a backend of clients, is left aside, as HAProxy does.
    private boolean isOfOtherSide(Line line, List<String> words, Section section) {
        Context kind = section.kind();
        Optional<HaproxyTable.Found> found = kind == Context.FRONTEND || kind == Context.BACKEND
                ? HaproxyTable.find(words, Context.LISTEN)
                : Optional.empty();
        if (found.isEmpty() || STRICT_SIDES.stream().anyMatch(found.get().row().name()::startsWith)) {
            return false;
        }
        String name = found.get().row().name();
        String limit = switch (name) {
            case "maxconn" -> "perhaps 'fullconn' is meant, or 'maxconn' behind a server";
            case "fullconn" -> "perhaps 'maxconn' is meant";
            default -> "it belongs in the " + (kind == Context.FRONTEND ? "backend" : "frontend");
        };
        problems.add(Diagnostic.warning(
                        "haproxy.other-side",
                        line.first()
                                .span()
                                .to(line.word(found.get().words() - 1).span()),
                        "'" + name + "' ignored because " + section.shown() + " has no "
                                + (kind == Context.FRONTEND ? "backend" : "frontend") + " capability")
                .hint(Optional.of(limit)));
        return true;
    }

    private void unknown(Line line, List<String> words, Section section) {
        String first = words.getFirst();
        boolean family = HaproxyTable.isFamily(first, section.kind());
        List<Context> elsewhere = HaproxyTable.contexts(words);
        if (!elsewhere.isEmpty() && !family) {
            problems.error(
                    "haproxy.not-allowed-here",
                    line.first().span(),
                    "'" + first + "' not allowed in '" + section.kind().word() + "' section",
                    "it belongs in "
                            + String.join(
                                    ", ", elsewhere.stream().map(Context::word).toList()));
            return;
        }
        int count = family ? Math.min(2, words.size()) : 1;
        String name = String.join(" ", words.subList(0, count));
        Span span = line.first().span().to(line.word(count - 1).span());
        problems.add(Diagnostic.error(
                        "haproxy.unknown",
                        span,
                        "unknown keyword '" + name + "' in '" + section.kind().word() + "' section")
                .hint(ForeignWords.hint(line)
                        .or(() -> HaproxyTable.suggest(name, section.kind())
                                .map(near -> "did you mean '" + near + "'?"))));
    }

    /// Lines that change what later lines see.
    private void environment(Entry entry) {
        switch (entry.name()) {
            case "setenv" -> environment.set(entry.text(0), entry.text(1));
            case "presetenv" -> {
                if (environment.value(entry.text(0)).isEmpty()) {
                    environment.set(entry.text(0), entry.text(1));
                }
            }
            case "unsetenv" -> entry.args().forEach(name -> environment.remove(name.text()));
            case "resetenv" ->
                environment.keepOnly(entry.args().stream().map(Word::text).toList());
            default -> {}
        }
    }
}
