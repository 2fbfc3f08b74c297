package dev.fairlead.dialect.haproxy.build.check;

import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.text.NumberRange;
import dev.fairlead.model.upstream.HealthCheck.Expectation;
import dev.fairlead.model.upstream.HealthCheck.Leg;
import dev.fairlead.model.upstream.HealthCheck.Probe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `option httpchk` and the lines `http-check`: requests, each on a connection of its own, and what their answers
/// have to be like.
final class HttpChecks {
    private static final String CONNECT = "http-check connect";
    private static final String SEND = "http-check send";
    private static final String EXPECT = "http-check expect";

    private final Workshop workshop;
    private final Proxy backend;
    private final CheckTexts texts;

    /// @param server the line of the server that is checked
    HttpChecks(Workshop workshop, Proxy backend, Entry server) {
        this.workshop = workshop;
        this.backend = backend;
        this.texts = new CheckTexts(workshop, backend, server);
    }

    /// A request that is being put together.
    private static final class Draft {
        private String method = "OPTIONS";
        private String target = "/";
        private int version;
        private final List<String> fields = new ArrayList<>();
        private String body = "";
        private final List<Expectation> expectations = new ArrayList<>();
        private boolean isSent;

        Probe.Http probe(String node, boolean leavesOn404) {
            return new Probe.Http(method, target, version, fields, body, expectations, node, leavesOn404);
        }
    }

    /// @param option the line that asks for such checks
    Probe probe(Entry option, CheckPlaces places) {
        List<Entry> lines = backend.each(CheckTexts.with("http-check", CONNECT, SEND, EXPECT));
        places.checkFirst(
                lines.stream().filter(line -> !CheckTexts.isSetting(line)).toList(), CONNECT);
        List<Draft> drafts = new ArrayList<>();
        List<Optional<Entry>> connects = new ArrayList<>();
        drafts.add(first(option));
        connects.add(Optional.empty());
        for (Entry line : lines) {
            if (line.name().equals(CONNECT)) {
                boolean isFirst = connects.size() == 1 && connects.getFirst().isEmpty();
                if (isFirst) {
                    connects.set(0, Optional.of(line));
                } else {
                    drafts.add(new Draft());
                    connects.add(Optional.of(line));
                }
            } else if (CheckTexts.isSetting(line)) {
                texts.set(line);
            } else if (line.name().equals(SEND)) {
                send(line, drafts.getLast(), drafts.size());
            } else {
                expect(line).ifPresent(drafts.getLast().expectations::add);
            }
        }
        return together(drafts, connects, places);
    }

    private Probe together(List<Draft> drafts, List<Optional<Entry>> connects, CheckPlaces places) {
        boolean isUsual = connects.size() == 1 && connects.getFirst().isEmpty();
        boolean expectsAny = drafts.stream().anyMatch(draft -> !draft.expectations.isEmpty());
        String node = backend.isOn("http-check send-state") ? node() : "";
        boolean leavesOn404 = backend.isOn("http-check disable-on-404");
        List<Leg> legs = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            boolean isLast = i == drafts.size() - 1;
            if (draft.expectations.isEmpty() && (expectsAny || !isLast)) {
                // Only a line says what an answer before the last has to be like.
                draft.expectations.add(new Expectation.Status(List.of(new NumberRange(100, 999)), false));
            }
            Probe.Http probe = draft.probe(node, leavesOn404);
            if (isUsual) {
                return probe;
            }
            legs.add(connects.get(i).map(line -> places.of(line, probe)).orElseGet(() -> places.usual(probe)));
        }
        return new Probe.Sequence(legs);
    }

    private String node() {
        return workshop.globals().text("node").orElseGet(() -> {
            try {
                return workshop.read("/proc/sys/kernel/hostname").strip();
            } catch (IOException unknown) {
                return "localhost";
            }
        });
    }

    /// `option httpchk [METHOD] [URI [VERSION]]`.
    private static Draft first(Entry entry) {
        Draft draft = new Draft();
        if (entry.count() == 1) {
            draft.target = entry.text(0);
        } else if (entry.count() > 1) {
            draft.method = entry.text(0);
            draft.target = entry.text(1);
        }
        if (entry.count() > 2) {
            // Old configurations smuggle fields in behind the version: HTTP/1.1\r\nHost:\ www
            List<String> lines = entry.text(2).lines().toList();
            draft.version = lines.getFirst().endsWith("1.1") ? 1 : 0;
            lines.stream().skip(1).filter(line -> !line.isBlank()).forEach(draft.fields::add);
        }
        return draft;
    }

    private void send(Entry line, Draft draft, int step) {
        if (draft.isSent) {
            problem(
                    line.keyword(),
                    "unable to add http-check send rule at step " + (step + 1) + " (missing connect rule)");
        }
        draft.isSent = true;
        List<Word> words = line.args();
        for (int i = 0; i + 1 < words.size(); i += 2) {
            Word value = words.get(i + 1);
            switch (words.get(i).text()) {
                case "meth" -> draft.method = value.text();
                case "uri" -> draft.target = value.text();
                case "uri-lf" -> draft.target = texts.text(value);
                case "ver" -> draft.version = value.text().endsWith("1.1") ? 1 : 0;
                case "body" -> draft.body = value.text();
                case "body-lf" -> draft.body = texts.text(value);
                case "comment" -> {}
                case "hdr" -> {
                    draft.fields.add(value.text() + ": " + (i + 2 < words.size() ? texts.text(words.get(i + 2)) : ""));
                    i++;
                }
                default ->
                    problem(
                            words.get(i),
                            "'http-check send' : unknown keyword '"
                                    + words.get(i).text() + "'");
            }
        }
    }

    private Optional<Expectation> expect(Entry line) {
        List<Word> words = ExpectWords.essential(line.args());
        boolean negated = !words.isEmpty() && words.getFirst().is("!");
        List<Word> own = negated ? words.subList(1, words.size()) : words;
        if (own.size() < 2) {
            problem(line.keyword(), "'http-check expect' expects what is looked for and a pattern");
            return Optional.empty();
        }
        Word what = own.getFirst();
        Word pattern = own.getLast();
        return switch (what.text()) {
            case "status" -> Optional.of(new Expectation.Status(statuses(pattern), negated));
            case "string" -> Optional.of(new Expectation.Contains("", pattern.text(), negated));
            case "rstatus" ->
                CheckTexts.regex(workshop, pattern).map(regex -> new Expectation.StatusMatches(regex, negated));
            case "rstring" ->
                CheckTexts.regex(workshop, pattern).map(regex -> new Expectation.Matches("", regex, negated));
            case "hdr", "fhdr" ->
                field(own)
                        .flatMap(pair -> CheckTexts.regex(workshop, pair.value())
                                .map(regex ->
                                        new Expectation.Matches(pair.name().toLowerCase(Locale.ROOT), regex, negated)));
            default -> {
                problem(what, "'http-check expect " + what.text() + "' is not supported");
                yield Optional.empty();
            }
        };
    }

    /// @param value an expression
    private record Field(String name, Word value) {}

    /// `hdr name [-m METHOD] NAME [value [-m METHOD] VALUE]`; names are compared as a whole.
    private Optional<Field> field(List<Word> words) {
        Optional<Word> name = ExpectWords.behind("name", words, true);
        if (name.isEmpty()) {
            problem(words.getFirst(), "'http-check expect hdr' expects 'name' and the name of a field");
            return Optional.empty();
        }
        return Optional.of(new Field(
                name.get().text(),
                ExpectWords.behind("value", words, false)
                        .orElseGet(() -> new Word(".", words.getFirst().span()))));
    }

    /// `200,301,400-404`.
    private List<NumberRange> statuses(Word word) {
        List<NumberRange> ranges = new ArrayList<>();
        for (String one : word.text().split(",", -1)) {
            String[] ends = one.split("-", 2);
            Optional<Integer> first = Figures.between(ends[0], 100, 999);
            Optional<Integer> last = Figures.between(ends[ends.length - 1], 100, 999);
            if (first.isEmpty() || last.isEmpty()) {
                problem(word, "'" + one + "' is neither a status nor a range of them");
            } else {
                ranges.add(new NumberRange(first.get(), last.get()));
            }
        }
        return ranges;
    }

    private void problem(Word word, String message) {
        workshop.problems().error("haproxy.check", word.span(), message);
    }
}
