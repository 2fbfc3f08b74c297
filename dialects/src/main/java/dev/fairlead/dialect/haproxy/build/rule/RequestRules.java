package dev.fairlead.dialect.haproxy.build.rule;

import dev.fairlead.dialect.haproxy.build.workshop.Captures;
import dev.fairlead.dialect.haproxy.build.workshop.Formats;
import dev.fairlead.dialect.haproxy.build.workshop.LogConditions;
import dev.fairlead.dialect.haproxy.build.workshop.Resolvers;
import dev.fairlead.dialect.haproxy.build.workshop.Scene;
import dev.fairlead.dialect.haproxy.rule.Acls;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.http.FieldEdit;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Rule.EditTarget.Part;
import dev.fairlead.model.http.Rule.Normalise.Form;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rules of a proxy for requests: `http-request` lines, then `redirect` lines.
public final class RequestRules {
    private static final String PREFIX = "http-request ";
    private static final String HINT = PREFIX + "early-hint";
    private static final String RESTRICTION = "option http-restrict-req-hdr-names";
    private static final int FORBIDDEN = 403;
    private static final int TARPITTED = 500;
    private static final int OK = 200;
    /// The status that stands for closing the connection without a word.
    private static final int NO_ANSWER = 444;

    private static final Map<String, Form> FORMS = Map.of(
            "fragment-encode", Form.ENCODE_FRAGMENT,
            "fragment-strip", Form.STRIP_FRAGMENT,
            "path-merge-slashes", Form.MERGE_SLASHES,
            "path-strip-dot", Form.STRIP_DOT,
            "path-strip-dotdot", Form.STRIP_DOT_DOT,
            "path-strip-dotdot full", Form.STRIP_ALL_DOT_DOT,
            "percent-decode-unreserved", Form.DECODE_UNRESERVED,
            "percent-to-uppercase", Form.UPPER_CASE_ESCAPES,
            "query-sort-by-name", Form.SORT_QUERY);
    private static final Set<String> STRICT = Set.of("percent-decode-unreserved", "percent-to-uppercase");

    private final Proxy proxy;
    private final Scene scene;
    private final Acls acls;
    private final Formats formats;

    private RequestRules(Proxy proxy, Scene scene, Acls acls) {
        this.proxy = proxy;
        this.scene = scene;
        this.acls = acls;
        this.formats = new Formats(scene, scene.workshop().problems());
    }

    public static List<Rule> of(Proxy proxy, Scene scene, Acls acls) {
        RequestRules rules = new RequestRules(proxy, scene, acls);
        List<Entry> lines = proxy.entries().stream()
                .filter(entry -> entry.name().startsWith(PREFIX))
                .toList();
        List<Rule> built = new ArrayList<>(rules.from(lines, 0));
        proxy.last(RESTRICTION).ifPresent(entry -> built.addAll(rules.restricted(entry)));
        proxy.each("redirect").forEach(entry -> built.add(rules.rule(entry)));
        return built;
    }

    /// What becomes of fields with unusual characters in their names.
    private List<Rule> restricted(Entry entry) {
        Word how = entry.arg(0);
        return switch (how.text()) {
            case "preserve" -> List.of();
            case "delete" -> {
                List<Word> names = Stream.of("[^a-zA-Z0-9-]", "-m", "reg")
                        .map(how::withText)
                        .toList();
                yield List.of(new Rule.EditField(new FieldEdit.Remove(formats.names(names)), entry.origin()));
            }
            case "reject" -> {
                Condition isUnusual = new Condition.Matches(
                        Template.of(new Variable.FieldNames(Variable.Side.REQUEST, ","), how.span()),
                        scene.regex("[^a-zA-Z0-9,-]", false, how.span()));
                Rule refusal = new Replies(formats).read(entry, List.of(), FORBIDDEN, false);
                yield List.of(new Rule.When(isUnusual, List.of(refusal), Optional.empty(), entry.origin()));
            }
            default -> {
                formats.problem(how, "'" + RESTRICTION + "' expects 'preserve', 'delete' or 'reject'");
                yield List.of();
            }
        };
    }

    /// The rules of the lines from one on; an `allow` lets those behind it run only if it does not hold.
    private List<Rule> from(List<Entry> lines, int start) {
        List<Rule> rules = new ArrayList<>();
        for (int i = start; i < lines.size(); i++) {
            Entry entry = lines.get(i);
            if (entry.name().equals("http-request allow")) {
                Optional<Condition> condition = acls.condition(entry.args());
                if (condition.isPresent()) {
                    List<Rule> rest = from(lines, i + 1);
                    rules.add(
                            new Rule.When(new Condition.Not(condition.get()), rest, Optional.empty(), entry.origin()));
                }
                return rules;
            }
            if (entry.name().equals(HINT)) {
                int end = i + 1;
                while (end < lines.size() && lines.get(end).name().equals(HINT) && isUnconditional(lines.get(end))) {
                    end++;
                }
                rules.addAll(hints(lines.subList(i, end)));
                i = end - 1;
                continue;
            }
            rules.add(rule(entry));
        }
        return rules;
    }

    private static boolean isUnconditional(Entry entry) {
        return entry.count() <= 2;
    }

    /// Lines in a row are one interim answer; those behind the first have no condition.
    private List<Rule> hints(List<Entry> lines) {
        Entry first = lines.getFirst();
        List<Forward.FieldAssignment> fields = lines.stream()
                .map(line -> new Forward.FieldAssignment(
                        line.text(0).toLowerCase(Locale.ROOT), formats.format(line.arg(1)), line.origin()))
                .toList();
        Rule all = new Rule.Hint(fields, first.origin());
        Optional<Condition> condition = acls.divide(first, 2).condition();
        if (condition.isEmpty()) {
            return List.of(all);
        }
        List<Rule> rules = new ArrayList<>();
        rules.add(new Rule.When(condition.get(), List.of(all), Optional.empty(), first.origin()));
        if (fields.size() > 1) {
            Span at = lines.get(1).origin();
            Rule others = new Rule.Hint(fields.subList(1, fields.size()), at);
            rules.add(new Rule.When(new Condition.Not(condition.get()), List.of(others), Optional.empty(), at));
        }
        return rules;
    }

    private Rule rule(Entry entry) {
        String action = entry.name().startsWith(PREFIX) ? entry.name().substring(PREFIX.length()) : entry.name();
        Acls.Divided line = acls.divide(entry, words(action, entry));
        Optional<Condition> condition = line.condition();
        List<Rule> then = rules(action, entry, line.own());
        if (condition.isEmpty() && then.size() == 1) {
            return then.getFirst();
        }
        return new Rule.When(
                condition.orElseGet(() -> new Condition.Always(true)), then, Optional.empty(), entry.origin());
    }

    /// How many words an action takes in front of its condition; -1 if that depends on them.
    private static int words(String action, Entry entry) {
        return switch (action) {
            case "set-header", "add-header", "replace-path", "replace-pathq", "replace-uri" -> 2;
            case "replace-header", "replace-value" -> 3;
            case "set-log-level", "set-src", "set-src-port", "set-dst", "set-dst-port" -> 1;
            case "set-timeout" -> 2;
            case Resolvers.ACTION -> 1;
            case "set-method", "set-path", "set-pathq", "set-query", "set-uri", "strict-mode" -> 1;
            case "del-header" -> Acls.deletionWords(entry);
            case "set-var", "set-var-fmt" -> 1;
            case "unset-var", "reject", "silent-drop" -> 0;
            case Services.ACTION -> entry.count() > 0 && Acls.start(entry.args()) == 0 ? 0 : 1;
            default -> ListRules.isOne(action) ? ListRules.words(action) : -1;
        };
    }

    private List<Rule> rules(String action, Entry entry, List<Word> words) {
        Span at = entry.origin();
        return switch (action) {
            case "deny" -> List.of(new Replies(formats).read(entry, words, FORBIDDEN, false));
            case "return" -> List.of(ending("LR", at), new Replies(formats).read(entry, words, OK, true));
            case "tarpit" ->
                List.of(
                        ending("PT", at),
                        new Rule.Delay(patience(), new Replies(formats).read(entry, words, TARPITTED, false), at));
            case "reject", "silent-drop" -> List.of(new Rule.Answer(NO_ANSWER, Optional.empty(), at));
            case Services.ACTION -> new Services(proxy).rules(entry, words, formats);
            case "auth" -> List.of(new Rule.Challenge(realm(entry, words), at));
            case "redirect" -> new Redirections(formats).read(entry, words);
            case "set-header" ->
                List.of(new Rule.EditField(new FieldEdit.Set(words.get(0).text(), formats.format(words.get(1))), at));
            case "add-header" ->
                List.of(new Rule.EditField(new FieldEdit.Add(words.get(0).text(), formats.format(words.get(1))), at));
            case "del-header" -> List.of(new Rule.EditField(new FieldEdit.Remove(formats.names(words)), at));
            case "replace-header" -> replaced(words, false, at);
            case "replace-value" -> replaced(words, true, at);
            case "set-method" -> target(Part.METHOD, words, at);
            case "set-path" -> target(Part.PATH, words, at);
            case "set-pathq" -> target(Part.PATH_AND_QUERY, words, at);
            case "set-query" -> target(Part.QUERY, words, at);
            case "set-uri" -> target(Part.TARGET, words, at);
            case "replace-path" -> replacedTarget(Part.PATH, builtin(Attribute.RAW_PATH), words, at);
            case "replace-pathq" -> replacedTarget(Part.PATH_AND_QUERY, pathAndQuery(at), words, at);
            case "replace-uri" -> replacedTarget(Part.TARGET, builtin(Attribute.RAW_TARGET), words, at);
            case "set-var" -> assignFound(entry, formats.expression(words.getFirst()), at);
            case "set-var-fmt" -> assign(entry, formats.text(words.getFirst()), at);
            case "unset-var" ->
                formats.variable(entry)
                        .<List<Rule>>map(variable -> List.of(new Rule.Clear(variable, at)))
                        .orElse(List.of());
            case "set-timeout" -> timeout(words, at);
            case Resolvers.ACTION ->
                Resolvers.rule(entry.keyword(), words, formats, at).stream().toList();
            case "set-src" -> place(Attribute.CLIENT_ADDRESS, words, at);
            case "set-src-port" -> place(Attribute.CLIENT_PORT, words, at);
            case "set-dst" -> place(Attribute.ASKED_ADDRESS, words, at);
            case "set-dst-port" -> place(Attribute.ASKED_PORT, words, at);
            case "normalize-uri" -> normalised(entry, words);
            case "wait-for-body" -> new BodyWaits(scene.workshop()).read(entry, words);
            case "capture" -> capture(entry, words, at);
            case "set-log-level" -> {
                Template level = formats.logLevel(words.getFirst());
                yield List.of(new Rule.Assign(LogConditions.place(scene.workshop()), level, at));
            }
            default -> counted(action, entry, words);
        };
    }

    /// `normalize-uri FORM [full|strict]`.
    private List<Rule> normalised(Entry entry, List<Word> words) {
        Word name = words.isEmpty() ? entry.keyword() : words.getFirst();
        boolean hasFlag = words.size() > 1;
        Optional<Form> form = Optional.ofNullable(
                FORMS.get(name.text() + (hasFlag && words.get(1).is("full") ? " full" : "")));
        boolean isStrict = hasFlag && words.get(1).is("strict") && STRICT.contains(name.text());
        if (form.isEmpty()
                || words.size() > 2
                || (hasFlag && !isStrict && !words.get(1).is("full"))) {
            formats.problem(
                    words.isEmpty() ? name : words.getLast(),
                    "'normalize-uri' : unknown normalizer '"
                            + words.stream().map(Word::text).collect(Collectors.joining(" ")) + "'");
            return List.of();
        }
        return List.of(new Rule.Normalise(form.get(), isStrict, entry.origin()));
    }

    /// What the log says of the request's end.
    public static Rule ending(String said, Span at) {
        return new Rule.Assign(new Variable.Builtin(Attribute.ENDING), Template.constant(said, at), at);
    }

    private List<Rule> place(Attribute attribute, List<Word> words, Span at) {
        Template value = formats.expression(words.getFirst());
        return List.of(new Rule.Assign(builtin(attribute), value, at));
    }

    /// `set-timeout server|tunnel TIME`, or an expression that comes to milliseconds.
    private List<Rule> timeout(List<Word> words, Span at) {
        Attribute which = switch (words.getFirst().text()) {
            case "server" -> Attribute.SERVER_TIMEOUT_MILLISECONDS;
            case "tunnel" -> Attribute.TUNNEL_TIMEOUT_MILLISECONDS;
            default -> {
                formats.problem(
                        words.getFirst(),
                        "'set-timeout' rule supports 'server' and 'tunnel', not '"
                                + words.getFirst().text() + "'");
                yield Attribute.SERVER_TIMEOUT_MILLISECONDS;
            }
        };
        Word time = words.get(1);
        boolean isTime = Character.isDigit(time.text().charAt(0));
        Template millis = isTime
                ? Template.constant(
                        scene.workshop()
                                .delay(time, "set-timeout", ChronoUnit.MILLIS)
                                .map(delay -> Long.toString(delay.toMillis()))
                                .orElse("0"),
                        time.span())
                : formats.expression(time);
        return List.of(new Rule.Assign(builtin(which), millis, at));
    }

    /// `capture SAMPLE len N` or `capture SAMPLE id N`.
    private List<Rule> capture(Entry entry, List<Word> words, Span at) {
        Template sample = formats.expression(words.getFirst());
        return new Captures(scene.workshop(), scene.front())
                .place(entry, Variable.Side.REQUEST)
                .flatMap(kept -> Formats.variable(sample)
                        .<List<Rule>>map(of -> List.of(new Rule.When(
                                new Condition.Present(of),
                                List.of(new Rule.Assign(kept.in(), kept.of(of, at), at)),
                                Optional.empty(),
                                at))))
                .orElse(List.of());
    }

    private List<Rule> counted(String action, Entry entry, List<Word> words) {
        if (ListRules.isOne(action)) {
            return new ListRules(formats)
                    .change(action, entry, words).stream()
                            .<Rule>map(change -> new Rule.ChangeList(change, entry.origin()))
                            .toList();
        }
        Tracking tracking = new Tracking(formats);
        if (Tracking.isTracking(action)) {
            return tracking.track(action, entry.keyword(), words, Rule.Track.Scope.REQUEST, entry.origin())
                    .<List<Rule>>map(List::of)
                    .orElseGet(List::of);
        }
        return Tracking.isCounting(action) ? tracking.count(action, entry.keyword(), words, entry.origin()) : List.of();
    }

    private static List<Rule> noRules() {
        return List.of();
    }

    private List<Rule> assign(Entry entry, Template value, Span at) {
        return formats.variable(entry)
                .<List<Rule>>map(variable -> List.of(new Rule.Assign(variable, value, at)))
                .orElseGet(RequestRules::noRules);
    }

    /// What is not there leaves the variable as it is.
    private List<Rule> assignFound(Entry entry, Template value, Span at) {
        List<Rule> rules = assign(entry, value, at);
        Optional<Variable> variable = Formats.variable(value);
        if (variable.isEmpty() || rules.isEmpty()) {
            return rules;
        }
        return List.of(new Rule.When(new Condition.Present(variable.get()), rules, Optional.empty(), at));
    }

    private List<Rule> replaced(List<Word> words, boolean eachOfList, Span at) {
        Optional<Regex> regex = formats.wholeRegex(words.get(1));
        Template replacement = formats.replacement(words.get(2));
        return regex.<List<Rule>>map(found -> List.of(new Rule.EditField(
                        new FieldEdit.Replace(words.get(0).text(), found, replacement, eachOfList), at)))
                .orElseGet(RequestRules::noRules);
    }

    private List<Rule> target(Part part, List<Word> words, Span at) {
        return List.of(new Rule.EditTarget(part, formats.format(words.getFirst()), at));
    }

    private List<Rule> replacedTarget(Part part, Variable of, List<Word> words, Span at) {
        Optional<Regex> regex = formats.regex(words.get(0));
        Template replacement = formats.replacement(words.get(1));
        return regex.<List<Rule>>map(found -> List.of(new Rule.When(
                        new Condition.Matches(Template.of(of, at), found),
                        List.of(new Rule.EditTarget(part, replacement, at)),
                        Optional.empty(),
                        at)))
                .orElseGet(RequestRules::noRules);
    }

    private static Variable builtin(Attribute attribute) {
        return new Variable.Builtin(attribute);
    }

    private static Variable pathAndQuery(Span at) {
        return new Variable.Composed(new Template(
                List.of(
                        new Template.Part.Reference(builtin(Attribute.RAW_PATH)),
                        new Template.Part.Reference(builtin(Attribute.QUERY_MARK)),
                        new Template.Part.Reference(builtin(Attribute.QUERY))),
                at));
    }

    private Template realm(Entry entry, List<Word> words) {
        if (words.size() >= 2 && words.getFirst().is("realm")) {
            return Template.constant(words.get(1).text(), words.get(1).span());
        }
        if (!words.isEmpty()) {
            formats.problem(words.getFirst(), "'http-request auth' expects 'realm' and a text");
        }
        return Template.constant(proxy.name(), entry.origin());
    }

    /// How long a client is made to wait: `timeout tarpit`, else `timeout connect`.
    private Duration patience() {
        return proxy.last("timeout tarpit")
                .or(() -> proxy.last("timeout connect"))
                .flatMap(scene.workshop()::delay)
                .orElse(Duration.ZERO);
    }
}
