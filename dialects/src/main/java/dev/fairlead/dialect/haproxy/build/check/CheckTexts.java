package dev.fairlead.dialect.haproxy.build.check;

import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.text.Regex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Texts of one server's health check, with `%[…]` in them: what is known when the configuration is read is put
/// in, anything else is refused. Variables are those of the check's own lines.
final class CheckTexts {
    static final List<String> SETTING = List.of("set-var", "set-var-fmt", "unset-var");
    private static final Pattern CALL = Pattern.compile("([a-z_]+)(?:\\(([^()]*)\\))?");
    private static final Pattern ITEM = Pattern.compile("%%|%\\[([^]]*)]|%");

    private final Workshop workshop;
    private final Proxy backend;
    private final String server;
    private final Map<String, String> variables = new TreeMap<>();

    /// @param server its line
    CheckTexts(Workshop workshop, Proxy backend, Entry server) {
        this.workshop = workshop;
        this.backend = backend;
        this.server = server.text(0);
    }

    /// These keywords, and those that set variables.
    static String[] with(String kind, String... keywords) {
        List<String> all = new ArrayList<>(List.of(keywords));
        SETTING.forEach(word -> all.add(kind + " " + word));
        return all.toArray(String[]::new);
    }

    static boolean isSetting(Entry line) {
        return SETTING.stream().anyMatch(word -> line.name().endsWith(" " + word));
    }

    /// `set-var(check.x) EXPRESSION`, `set-var-fmt(check.x) FORMAT`, `unset-var(check.x)`.
    void set(Entry line) {
        String keyword = line.keyword().text();
        int open = keyword.indexOf('(');
        if (open < 0 || !keyword.endsWith(")")) {
            problem(line.keyword(), "'" + line.name() + "' expects a variable in parentheses: (check.name)");
            return;
        }
        String name = keyword.substring(open + 1, keyword.length() - 1);
        if (line.name().endsWith("unset-var")) {
            variables.remove(name);
        } else if (line.count() == 0) {
            problem(line.keyword(), "'" + keyword + "' expects a value");
        } else {
            Word value = line.arg(0);
            variables.put(name, line.name().endsWith("-fmt") ? text(value) : found(value.text(), value));
        }
    }

    /// A text with `%[…]` in it.
    String text(Word word) {
        return ITEM.matcher(word.text())
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group().equals("%%") ? "%" : found(match.group(1) == null ? "" : match.group(1), word)));
    }

    private String found(String expression, Word word) {
        Matcher call = CALL.matcher(expression);
        Optional<String> value = call.matches() ? value(call.group(1), call.group(2)) : Optional.empty();
        if (value.isEmpty()) {
            problem(
                    word,
                    "'" + word.text() + "' is not supported in checks: only str(), int(), env(), var(), srv_name and"
                            + " be_name are, without converters");
        }
        return value.orElse("");
    }

    private Optional<String> value(String fetch, @Nullable String argument) {
        if (argument == null) {
            return switch (fetch) {
                case "srv_name" -> Optional.of(server);
                case "be_name" -> Optional.of(backend.name());
                default -> Optional.empty();
            };
        }
        return switch (fetch) {
            case "str", "int" -> Optional.of(argument);
            case "env" -> Optional.of(workshop.environment().value(argument).orElse(""));
            case "var" -> Optional.of(variables.getOrDefault(argument, ""));
            default -> Optional.empty();
        };
    }

    /// Empty, with an error, for what is no expression.
    static Optional<Regex> regex(Workshop workshop, Word word) {
        try {
            return Optional.of(workshop.regex(word.text(), false, word.span()));
        } catch (IllegalArgumentException bad) {
            workshop.problems().error("haproxy.check", word.span(), String.valueOf(bad.getMessage()));
            return Optional.empty();
        }
    }

    private void problem(Word word, String message) {
        workshop.problems().error("haproxy.check", word.span(), message);
    }
}
