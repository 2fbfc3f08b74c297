package dev.fairlead.dialect.haproxy.build.rule;

import dev.fairlead.dialect.haproxy.build.workshop.Captures;
import dev.fairlead.dialect.haproxy.build.workshop.Formats;
import dev.fairlead.dialect.haproxy.build.workshop.LogConditions;
import dev.fairlead.dialect.haproxy.build.workshop.Scene;
import dev.fairlead.dialect.haproxy.rule.Acls;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Line;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.http.FieldEdit;
import dev.fairlead.model.http.ResponseHeaders;
import dev.fairlead.model.http.ResponseRule;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rules of a proxy for responses: `http-response` lines hold for what servers answer, `http-after-response`
/// lines for everything. A backend's come before its frontend's.
public final class ResponseRules {
    private static final int BAD_GATEWAY = 502;

    private final Acls acls;
    private final Formats formats;

    public ResponseRules(Scene scene, Acls acls, Problems problems) {
        this.acls = acls;
        this.formats = new Formats(scene, problems);
    }

    /// The rules of one proxy.
    public ResponseHeaders of(Proxy proxy) {
        return headers(rules("http-response ", proxy), rules("http-after-response ", proxy));
    }

    /// The rules of a frontend behind those of the backend.
    public ResponseHeaders behind(ResponseHeaders backend, Proxy frontend) {
        ResponseHeaders own = of(frontend);
        return headers(joined(backend.rules(), own.rules()), joined(backend.lastRules(), own.lastRules()));
    }

    /// The same with rules in front that are about answers of servers.
    public static ResponseHeaders behind(List<ResponseRule> first, ResponseHeaders headers) {
        return headers(joined(first, headers.rules()), headers.lastRules());
    }

    private static ResponseHeaders headers(List<ResponseRule> rules, List<ResponseRule> last) {
        return new ResponseHeaders(
                List.of(), List.of(), Optional.empty(), ResponseHeaders.ServerField.NONE, true, List.of(), rules, last);
    }

    private static List<ResponseRule> joined(List<ResponseRule> first, List<ResponseRule> second) {
        List<ResponseRule> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private List<ResponseRule> rules(String prefix, Proxy proxy) {
        List<Entry> lines = proxy.entries().stream()
                .filter(entry -> entry.name().startsWith(prefix))
                .toList();
        return from(lines, 0, prefix);
    }

    /// An `allow` lets the lines behind it run only if it does not hold.
    private List<ResponseRule> from(List<Entry> lines, int start, String prefix) {
        List<ResponseRule> rules = new ArrayList<>();
        for (int i = start; i < lines.size(); i++) {
            Entry entry = lines.get(i);
            String action = entry.name().substring(prefix.length());
            if (action.equals("allow")) {
                List<ResponseRule> rest = from(lines, i + 1, prefix);
                acls.condition(entry.args())
                        .ifPresent(condition ->
                                rules.add(new ResponseRule.When(new Condition.Not(condition), rest, entry.origin())));
                return rules;
            }
            rules.addAll(rule(action, entry));
        }
        return rules;
    }

    private List<ResponseRule> rule(String action, Entry entry) {
        Acls.Divided line = acls.divide(entry, words(action, entry));
        List<ResponseRule> then = rules(action, entry, line.own());
        return line.condition()
                .<List<ResponseRule>>map(found -> List.of(new ResponseRule.When(found, then, entry.origin())))
                .orElse(then);
    }

    private static int words(String action, Entry entry) {
        return switch (action) {
            case "set-header", "add-header" -> 2;
            case "replace-header", "replace-value" -> 3;
            case "strict-mode", "set-var", "set-var-fmt", "set-log-level" -> 1;
            case "del-header" -> Acls.deletionWords(entry);
            case "unset-var", "silent-drop" -> 0;
            default -> ListRules.isOne(action) ? ListRules.words(action) : -1;
        };
    }

    private List<ResponseRule> rules(String action, Entry entry, List<Word> words) {
        Span at = entry.origin();
        return switch (action) {
            case "set-header" -> edit(new FieldEdit.Set(words.get(0).text(), formats.format(words.get(1))), at);
            case "add-header" -> edit(new FieldEdit.Add(words.get(0).text(), formats.format(words.get(1))), at);
            case "del-header" -> edit(new FieldEdit.Remove(formats.names(words)), at);
            case "replace-header" -> replaced(words, false, at);
            case "replace-value" -> replaced(words, true, at);
            case "set-status" -> status(words, at);
            case "set-var" -> assign(entry, formats.expression(words.getFirst()), at);
            case "set-var-fmt" -> assign(entry, formats.text(words.getFirst()), at);
            case "unset-var" ->
                formats.variable(entry)
                        .<List<ResponseRule>>map(variable -> List.of(new ResponseRule.Clear(variable, at)))
                        .orElse(List.of());
            case "deny" -> {
                List<ResponseRule> deny = new ArrayList<>();
                deny.add(new ResponseRule.Assign(
                        new Variable.Builtin(Attribute.ENDING), Template.constant("PH", at), at));
                deny.addAll(respond(new Replies(formats).read(entry, words, BAD_GATEWAY, false), at));
                yield deny;
            }
            case "return" -> respond(new Replies(formats).read(entry, words, 200, true), at);
            case "redirect" ->
                new Redirections(formats)
                        .read(entry, words).stream()
                                .flatMap(rule -> respond(rule, at).stream())
                                .toList();
            case "capture" -> capture(entry, words, at);
            case "set-log-level" -> {
                Template level = formats.logLevel(words.getFirst());
                Variable place = LogConditions.place(formats.scene().workshop());
                yield List.of(new ResponseRule.Assign(place, level, at));
            }
            case "sc-inc-gpc", "sc-inc-gpc0", "sc-inc-gpc1", "sc-add-gpc", "sc-set-gpt", "sc-set-gpt0" ->
                new Tracking(formats).countAnswer(action, entry, words);
            case "add-acl", "del-acl", "set-map", "del-map" ->
                new ListRules(formats)
                        .change(action, entry, words).stream()
                                .<ResponseRule>map(change -> new ResponseRule.ChangeList(change, at))
                                .toList();
            case "track-sc0", "track-sc1", "track-sc2" ->
                new Tracking(formats)
                        .trackAnswer(action, entry.keyword(), words, at).stream()
                                .toList();
            default -> {
                if (!action.equals("strict-mode")) {
                    formats.problem(entry.keyword(), "'" + entry.name() + "' is not supported");
                }
                yield List.of();
            }
        };
    }

    /// `capture SAMPLE id N`.
    private List<ResponseRule> capture(Entry entry, List<Word> words, Span at) {
        Template sample = formats.expression(words.getFirst());
        return new Captures(formats.scene().workshop(), formats.scene().front())
                .place(entry, Variable.Side.RESPONSE)
                .flatMap(kept -> Formats.variable(sample)
                        .<List<ResponseRule>>map(of -> List.of(new ResponseRule.When(
                                new Condition.Present(of),
                                List.of(new ResponseRule.Assign(kept.in(), kept.of(of, at), at)),
                                at))))
                .orElse(List.of());
    }

    private List<ResponseRule> respond(Rule rule, Span at) {
        if (rule instanceof Rule.Respond respond) {
            return List.of(new ResponseRule.Respond(respond, at));
        }
        if (rule instanceof Rule.Answer answer) {
            return List.of(new ResponseRule.Refuse(answer.status(), at));
        }
        formats.problem(new Word("", at), "this form of an answer is not supported for responses");
        return List.of();
    }

    private static List<ResponseRule> edit(FieldEdit edit, Span at) {
        return List.of(new ResponseRule.EditField(edit, at));
    }

    private List<ResponseRule> replaced(List<Word> words, boolean eachOfList, Span at) {
        Optional<Regex> regex = formats.wholeRegex(words.get(1));
        Template replacement = formats.replacement(words.get(2));
        return regex.map(found -> edit(new FieldEdit.Replace(words.get(0).text(), found, replacement, eachOfList), at))
                .orElse(List.of());
    }

    private List<ResponseRule> assign(Entry entry, Template value, Span at) {
        return formats.variable(entry)
                .<List<ResponseRule>>map(variable -> List.of(new ResponseRule.Assign(variable, value, at)))
                .orElse(List.of());
    }

    private List<ResponseRule> status(List<Word> words, Span at) {
        Optional<Integer> status = Figures.between(words.getFirst().text(), 100, 599);
        if (status.isEmpty()) {
            formats.problem(words.getFirst(), "expects a status code between 100 and 599");
            return List.of();
        }
        String reason = words.size() > 2 && words.get(1).is("reason") ? Line.joined(words.subList(2, 3)) : "";
        return List.of(new ResponseRule.SetStatus(status.get(), reason, at));
    }
}
