package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.rule.Acls;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.http.Attribute;
import dev.fairlead.model.http.Condition;
import dev.fairlead.model.http.FieldEdit;
import dev.fairlead.model.http.Regex;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Rule.EditTarget.Part;
import dev.fairlead.model.http.Template;
import dev.fairlead.model.http.Variable;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rules of a proxy for requests: `http-request` lines, then `redirect` lines.
final class RequestRules {
    private static final String PREFIX = "http-request ";
    private static final int FORBIDDEN = 403;
    private static final int TARPITTED = 500;
    private static final int OK = 200;
    /// The status that stands for closing the connection without a word.
    private static final int NO_ANSWER = 444;

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

    static List<Rule> of(Proxy proxy, Scene scene, Acls acls) {
        RequestRules rules = new RequestRules(proxy, scene, acls);
        List<Entry> lines = proxy.entries().stream()
                .filter(entry -> entry.name().startsWith(PREFIX))
                .toList();
        List<Rule> built = new ArrayList<>(rules.from(lines, 0));
        proxy.each("redirect").forEach(entry -> built.add(rules.rule(entry)));
        return built;
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
            rules.add(rule(entry));
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
            case "set-method", "set-path", "set-pathq", "set-query", "set-uri", "strict-mode" -> 1;
            case "del-header" -> Acls.deletionWords(entry);
            case "set-var", "set-var-fmt" -> 1;
            case "unset-var", "reject", "silent-drop" -> 0;
            default -> -1;
        };
    }

    private List<Rule> rules(String action, Entry entry, List<Word> words) {
        Span at = entry.origin();
        return switch (action) {
            case "deny" -> List.of(new Replies(formats).read(entry, words, FORBIDDEN, false));
            case "return" -> List.of(new Replies(formats).read(entry, words, OK, true));
            case "tarpit" ->
                List.of(new Rule.Delay(patience(), new Replies(formats).read(entry, words, TARPITTED, false), at));
            case "reject", "silent-drop" -> List.of(new Rule.Answer(NO_ANSWER, Optional.empty(), at));
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
            case "set-var-fmt" -> assign(entry, formats.format(words.getFirst()), at);
            case "unset-var" ->
                formats.variable(entry)
                        .<List<Rule>>map(variable -> List.of(new Rule.Clear(variable, at)))
                        .orElse(List.of());
            default -> counted(action, entry, words);
        };
    }

    private List<Rule> counted(String action, Entry entry, List<Word> words) {
        Tracking tracking = new Tracking(formats);
        if (Tracking.isTracking(action)) {
            return tracking.track(action, entry.keyword(), words, Rule.Track.Scope.REQUEST, entry.origin()).stream()
                    .toList();
        }
        return Tracking.isCounting(action) ? tracking.count(action, entry, words) : List.of();
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
        boolean isVariable = value.parts().size() == 1 && value.parts().getFirst() instanceof Template.Part.Reference;
        if (!isVariable || rules.isEmpty()) {
            return rules;
        }
        Variable of = ((Template.Part.Reference) value.parts().getFirst()).variable();
        return List.of(new Rule.When(new Condition.Present(of), rules, Optional.empty(), at));
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
