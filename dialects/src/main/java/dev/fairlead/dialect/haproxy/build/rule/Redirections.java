package dev.fairlead.dialect.haproxy.build.rule;

import dev.fairlead.dialect.haproxy.build.workshop.Formats;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.http.Content;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Template.Part;
import dev.fairlead.model.text.TextSet;
import dev.fairlead.model.text.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `redirect location|prefix|scheme TO [code N] [drop-query] [append-slash] [set-cookie C] [clear-cookie C]`.
final class Redirections {
    private static final Set<String> STATUSES = Set.of("301", "302", "303", "307", "308");
    private static final Set<String> TEMPORARY = Set.of("302", "303", "307");

    private final Formats formats;

    Redirections(Formats formats) {
        this.formats = formats;
    }

    /// @param words behind `redirect`, without the condition
    List<Rule> read(Entry entry, List<Word> words) {
        Reading reading = new Reading(entry);
        reading.run(words);
        return reading.rules();
    }

    private final class Reading {
        private final Entry entry;
        private String kind = "";
        private Optional<Word> to = Optional.empty();
        private String code = "302";
        private boolean dropsQuery;
        private boolean appendsSlash;
        private boolean ignoresEmpty;
        private Optional<String> cookie = Optional.empty();

        Reading(Entry entry) {
            this.entry = entry;
        }

        void run(List<Word> words) {
            int next = 0;
            while (next < words.size()) {
                Word word = words.get(next++);
                switch (word.text()) {
                    case "drop-query" -> dropsQuery = true;
                    case "append-slash" -> appendsSlash = true;
                    case "ignore-empty" -> ignoresEmpty = true;
                    case "keep-query" -> {}
                    case "location", "prefix", "scheme", "code", "set-cookie", "clear-cookie" -> {
                        if (next >= words.size()) {
                            formats.problem(word, "missing argument for '" + word.text() + "'");
                            return;
                        }
                        valued(word, words.get(next++));
                    }
                    default -> {
                        formats.problem(
                                word,
                                "'redirect' expects 'code', 'prefix', 'location', 'scheme', 'set-cookie',"
                                        + " 'clear-cookie', 'drop-query', 'ignore-empty' or 'append-slash' (was '"
                                        + word.text() + "')");
                        return;
                    }
                }
            }
            if (to.isEmpty()) {
                formats.problem(entry.keyword(), "'redirect' needs one of 'location', 'prefix' and 'scheme'");
            }
        }

        private void valued(Word word, Word value) {
            switch (word.text()) {
                case "code" -> {
                    if (!STATUSES.contains(value.text())) {
                        formats.problem(
                                value, "unsupported HTTP code '" + value.text() + "': one of 301, 302, 303, 307, 308");
                    } else {
                        code = value.text();
                    }
                }
                case "set-cookie" -> cookie = Optional.of(setCookie(value.text()));
                case "clear-cookie" -> cookie = Optional.of(clearCookie(value.text()));
                default -> {
                    kind = word.text();
                    to = Optional.of(value);
                }
            }
        }

        private static String setCookie(String text) {
            return text + "; path=/;";
        }

        private static String clearCookie(String name) {
            return name + "; path=/; Max-Age=0;";
        }

        List<Rule> rules() {
            if (to.isEmpty()) {
                return List.of();
            }
            Template target = formats.format(to.get());
            return switch (kind) {
                case "location" -> List.of(answer(target));
                case "scheme" -> withPath(scheme(target));
                default -> withPath(to.get().is("/") ? Template.constant("", target.origin()) : target);
            };
        }

        private Template scheme(Template scheme) {
            List<Part> parts = new ArrayList<>(scheme.parts());
            parts.add(new Part.Literal("://"));
            parts.add(new Part.Reference(new Variable.FieldLine(Variable.Side.REQUEST, "host", 1)));
            return new Template(parts, scheme.origin());
        }

        /// What the path and query are put behind.
        private List<Rule> withPath(Template front) {
            if (!dropsQuery) {
                return List.of(answer(joined(front, path(), builtin(Attribute.QUERY_MARK), builtin(Attribute.QUERY))));
            }
            if (!appendsSlash) {
                return List.of(answer(joined(front, path())));
            }
            Condition ends = new Condition.OneOf(
                    Template.of(path(), front.origin()), new TextSet(TextSet.How.SUFFIX, false, List.of("/")), false);
            Template slashed =
                    new Template(concat(joined(front, path()).parts(), List.of(new Part.Literal("/"))), front.origin());
            return List.of(
                    new Rule.When(ends, List.of(answer(joined(front, path()))), Optional.empty(), entry.origin()),
                    answer(slashed));
        }

        private static Variable path() {
            return builtin(Attribute.RAW_PATH);
        }

        private static Variable builtin(Attribute attribute) {
            return new Variable.Builtin(attribute);
        }

        private static Template joined(Template front, Variable... variables) {
            List<Part> parts = new ArrayList<>(front.parts());
            for (Variable variable : variables) {
                parts.add(new Part.Reference(variable));
            }
            return new Template(parts, front.origin());
        }

        private static List<Part> concat(List<Part> first, List<Part> second) {
            List<Part> all = new ArrayList<>(first);
            all.addAll(second);
            return all;
        }

        private Rule answer(Template location) {
            List<Forward.FieldAssignment> fields = new ArrayList<>();
            fields.add(new Forward.FieldAssignment("location", location, entry.origin()));
            cookie.ifPresent(text -> fields.add(new Forward.FieldAssignment(
                    "set-cookie", Template.constant(text, entry.origin()), entry.origin())));
            if (TEMPORARY.contains(code)) {
                fields.add(new Forward.FieldAssignment(
                        "cache-control", Template.constant("no-cache", entry.origin()), entry.origin()));
            }
            Rule answer = new Rule.Respond(
                    Integer.parseInt(code), Optional.empty(), new Content.None(), fields, entry.origin());
            if (!ignoresEmpty) {
                return answer;
            }
            Condition isSomething =
                    new Condition.Not(new Condition.Same(location, Template.constant("", entry.origin())));
            return new Rule.When(isSomething, List.of(answer), Optional.empty(), entry.origin());
        }
    }
}
