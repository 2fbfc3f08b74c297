package dev.fairlead.dialect.haproxy.rule;

import dev.fairlead.dialect.haproxy.sample.Fetches;
import dev.fairlead.dialect.haproxy.sample.Surroundings;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Misread;
import dev.fairlead.model.text.Condition;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import dev.fairlead.unit.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The named tests of a proxy, and the conditions that refer to them. Several lines with one name are one test
/// that holds if any of them does.
public final class Acls {
    private static final Set<String> RESERVED = Set.of("or", "||", "and", "if", "unless", "{", "}");
    private static final Map<String, List<String>> PREDEFINED = Map.ofEntries(
            Map.entry("TRUE", List.of("always_true")),
            Map.entry("FALSE", List.of("always_false")),
            Map.entry("WAIT_END", List.of("wait_end")),
            Map.entry("HTTP", List.of("always_true")),
            Map.entry("HTTP_1.0", List.of("req.ver", "-m", "str", "1.0")),
            Map.entry("HTTP_1.1", List.of("req.ver", "-m", "str", "1.1")),
            Map.entry("HTTP_2.0", List.of("req.ver", "-m", "str", "2.0")),
            Map.entry("HTTP_CONTENT", List.of("req.hdr_val(content-length)", "gt", "0")),
            Map.entry("HTTP_URL_ABS", List.of("url", "-m", "reg", "^[^/:]*://")),
            Map.entry("HTTP_URL_SLASH", List.of("url", "-m", "beg", "/")),
            Map.entry("HTTP_URL_STAR", List.of("url", "-m", "str", "*")),
            Map.entry("LOCALHOST", List.of("src", "127.0.0.1/8", "::1")),
            Map.entry("METH_CONNECT", List.of("method", "CONNECT")),
            Map.entry("METH_DELETE", List.of("method", "DELETE")),
            Map.entry("METH_GET", List.of("method", "GET", "HEAD")),
            Map.entry("METH_HEAD", List.of("method", "HEAD")),
            Map.entry("METH_OPTIONS", List.of("method", "OPTIONS")),
            Map.entry("METH_POST", List.of("method", "POST")),
            Map.entry("METH_PUT", List.of("method", "PUT")),
            Map.entry("METH_TRACE", List.of("method", "TRACE")),
            Map.entry("RDP_COOKIE", List.of("req.rdp_cookie_cnt", "gt", "0")));

    private final Surroundings around;
    private final Problems problems;
    private final boolean isTcp;
    private final Map<String, List<Entry>> lines = new TreeMap<>();
    private final Map<String, Condition> built = new TreeMap<>();

    public Acls(Proxy proxy, Surroundings around, Problems problems) {
        this.around = around;
        this.problems = problems;
        this.isTcp = proxy.isTcp();
        for (Entry entry : proxy.each("acl")) {
            Word name = entry.arg(0);
            String fetch = Matching.split(name.text()).fetch();
            if (Fetches.has(fetch) && entry.text(1).startsWith("/")) {
                problems.error(
                        "haproxy.acl",
                        name.span(),
                        "'" + name.text() + "' stands where the test's name should",
                        "acl is_it " + name.text() + " " + entry.text(1));
                continue;
            }
            if (RESERVED.contains(name.text())) {
                problems.error(
                        "haproxy.acl",
                        name.span(),
                        "name '" + name.text() + "' will never match: it is reserved for conditions");
            } else {
                lines.computeIfAbsent(name.text(), none -> new ArrayList<>()).add(entry);
            }
        }
        lines.keySet().forEach(this::named);
    }

    /// The same tests where expressions mean something else. What is wrong with them has been told.
    public Acls in(Surroundings other) {
        return new Acls(other, problems, isTcp, lines);
    }

    private Acls(Surroundings around, Problems problems, boolean isTcp, Map<String, List<Entry>> lines) {
        this.around = around;
        this.isTcp = isTcp;
        this.problems = problems;
        this.lines.putAll(lines);
    }

    /// The condition of `if …` or `unless …`.
    ///
    /// @param words from the `if` on
    /// @return empty without a condition, and after a problem
    public Optional<Condition> condition(List<Word> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        Word first = words.getFirst();
        boolean isUnless = first.is("unless");
        if (!isUnless && !first.is("if")) {
            problems.error(
                    "haproxy.condition",
                    first.span(),
                    "expects 'if' or 'unless' followed by a condition, not '" + first.text() + "'");
            return Optional.of(new Condition.Always(false));
        }
        if (words.size() == 1) {
            problems.error("haproxy.condition", first.span(), "no condition behind '" + first.text() + "'");
            return Optional.of(new Condition.Always(false));
        }
        Condition condition = alternatives(words.subList(1, words.size()));
        return Optional.of(isUnless ? new Condition.Not(condition) : condition);
    }

    /// The condition of a line that has nothing else behind its first words.
    ///
    /// @param fixed how many those are
    public Optional<Condition> behind(Entry entry, int fixed) {
        List<Word> words = entry.args();
        if (words.size() > fixed) {
            Word next = words.get(fixed);
            if (!next.is("if") && !next.is("unless")) {
                problems.error(
                        "haproxy.condition",
                        next.span(),
                        "unexpected keyword '" + next.text() + "' behind '" + entry.name()
                                + "', only 'if' and 'unless' are allowed",
                        next.is("{") ? "if { … }" : "write if in front of the condition");
                return Optional.of(new Condition.Always(false));
            }
        }
        return condition(words.subList(Math.min(fixed, words.size()), words.size()));
    }

    /// A line without its condition, and its condition.
    ///
    /// @param own the words that say what is done
    public record Divided(List<Word> own, Optional<Condition> condition) {}

    /// What a line says is done, and under which condition.
    ///
    /// @param count how many of its words say what is done; -1 for all up to `if` or `unless`
    public Divided divide(Entry entry, int count) {
        List<Word> words = entry.args();
        int end = count >= 0 ? Math.min(count, words.size()) : start(words);
        List<Word> behind = words.subList(end, words.size());
        if (!behind.isEmpty()
                && !behind.getFirst().is("if")
                && !behind.getFirst().is("unless")) {
            problems.error(
                    "haproxy.rule",
                    behind.getFirst().span(),
                    "'" + entry.name() + "' expects 'if', 'unless', or nothing, not '"
                            + behind.getFirst().text() + "'",
                    count > 0
                                    && (words.get(count - 1).is("if")
                                            || words.get(count - 1).is("unless"))
                            ? "a value is missing: it takes " + count + " before the condition"
                            : "quote a text with spaces in it, or write '\\ ' for each");
            return new Divided(words.subList(0, end), Optional.of(new Condition.Always(false)));
        }
        return new Divided(words.subList(0, end), condition(behind));
    }

    /// How many words `del-header NAME [-m METHOD]` has.
    public static int deletionWords(Entry entry) {
        return entry.count() > 2 && entry.arg(1).is("-m") ? 3 : 1;
    }

    /// Where the condition of a line starts; the number of words if it has none.
    public static int start(List<Word> words) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).is("if") || words.get(i).is("unless")) {
                return i;
            }
        }
        return words.size();
    }

    private Condition alternatives(List<Word> words) {
        List<Condition> any = new ArrayList<>();
        List<Condition> all = new ArrayList<>();
        int next = 0;
        while (next < words.size()) {
            Word word = words.get(next);
            if (word.is("or") || word.is("||")) {
                any.add(all(all));
                all = new ArrayList<>();
                next++;
                continue;
            }
            int negations = 0;
            while (negations < word.text().length() && word.text().charAt(negations) == '!') {
                negations++;
            }
            String name = word.text().substring(negations);
            if (name.isEmpty() && next + 1 < words.size()) {
                next++;
                name = words.get(next).text();
            }
            Condition term;
            if (name.equals("{")) {
                int close = closing(words, next);
                term = anonymous(words, next, close);
                next = close;
            } else {
                term = reference(name, words.get(next).span());
            }
            all.add(negations % 2 == 0 ? term : new Condition.Not(term));
            next++;
        }
        any.add(all(all));
        return any.size() == 1 ? any.getFirst() : new Condition.AnyOf(any);
    }

    private static Condition all(List<Condition> terms) {
        return terms.size() == 1 ? terms.getFirst() : new Condition.AllOf(terms);
    }

    private static int closing(List<Word> words, int open) {
        int close = open + 1;
        while (close < words.size() && !words.get(close).is("}")) {
            close++;
        }
        return close;
    }

    private Condition anonymous(List<Word> words, int open, int close) {
        Word brace = words.get(open);
        if (close >= words.size()) {
            problems.error("haproxy.condition", brace.span(), "missing closing '}' in condition");
            return new Condition.Always(false);
        }
        if (close == open + 1) {
            problems.error("haproxy.condition", brace.span(), "nothing is tested between '{' and '}'");
            return new Condition.Always(false);
        }
        // Without the `!` in front.
        Span from = new Span(
                brace.span().file(), brace.span().end() - 1, brace.span().end());
        return new Condition.Stated(
                test(words.subList(open + 1, close)), from.to(words.get(close).span()));
    }

    private Condition reference(String name, Span span) {
        if (lines.containsKey(name)) {
            return named(name);
        }
        List<String> predefined = isTcp && name.equals("HTTP") ? List.of("req.proto_http") : PREDEFINED.get(name);
        if (predefined != null) {
            return new Condition.Stated(
                    test(predefined.stream().map(text -> new Word(text, span)).toList()), span);
        }
        Set<String> known = new TreeSet<>(lines.keySet());
        known.addAll(PREDEFINED.keySet());
        problems.add(Diagnostic.error("haproxy.no-acl", span, "no such ACL : '" + name + "'")
                .hint(Suggestion.nearest(name, known)
                        .map(near -> "did you mean '" + near + "'?")
                        .or(() -> Optional.of(meant(name)))));
        return new Condition.Always(false);
    }

    private static String meant(String name) {
        if (name.equals("and") || name.equals("&&")) {
            return "tests in a row have to hold all: leave it out";
        }
        int open = name.indexOf('(');
        Matching.Named fetch = Matching.split(open < 0 ? name : name.substring(0, open));
        if (Fetches.has(fetch.fetch())) {
            return "a test without a name stands in braces: { " + name + " }";
        }
        return name.matches("[\\w.-]+")
                ? "name it: acl " + name + " path_beg /..."
                : "tests are called by their names, or stand in braces: { path_beg /x }";
    }

    private static Span whole(Entry entry) {
        return entry.origin().to(entry.args().getLast().span());
    }

    private Condition named(String name) {
        Condition known = built.get(name);
        if (known != null) {
            return known;
        }
        List<Condition> any = lines.getOrDefault(name, List.of()).stream()
                .<Condition>map(entry ->
                        new Condition.Stated(test(entry.args().subList(1, entry.count())), whole(entry)))
                .toList();
        Condition condition = any.size() == 1 ? any.getFirst() : new Condition.AnyOf(any);
        built.put(name, condition);
        return condition;
    }

    private Condition test(List<Word> words) {
        try {
            return Tests.condition(Test.read(words, around), around);
        } catch (IllegalArgumentException bad) {
            problems.add(Misread.told(
                    "haproxy.test",
                    words.getFirst().span().to(words.getLast().span()),
                    "error detected while parsing ACL: ",
                    bad));
            return new Condition.Always(false);
        }
    }
}
