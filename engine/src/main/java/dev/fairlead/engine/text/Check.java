package dev.fairlead.engine.text;

import dev.fairlead.engine.access.KnownUsers;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.UserList;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// A compiled condition. Connections that are passed on as they are have none but what is known of connections.
@FunctionalInterface
public interface Check {
    boolean holds(Exchange exchange);

    static Check compile(Condition condition, Texts texts) {
        return switch (condition) {
            case Condition.IsTrue is -> isTrue(texts.compile(is.value()));
            case Condition.Same same -> same(texts.compile(same.left()), texts.compile(same.right()));
            case Condition.Matches matches ->
                matches(texts.compile(matches.value()), Expression.compile(matches.regex(), texts.problems()));
            case Condition.FileTest test -> file(texts.compile(test.path()), test.kind());
            case Condition.Not not -> {
                Check inner = compile(not.condition(), texts);
                yield exchange -> !inner.holds(exchange);
            }
            case Condition.AllOf all -> all(compile(all.conditions(), texts));
            case Condition.AnyOf any -> any(compile(any.conditions(), texts));
            case Condition.Stated stated -> compile(stated.condition(), texts);
            case Condition.Always always -> exchange -> always.holds();
            case Condition.Listed listed -> ListedCheck.of(listed, texts);
            case Condition.FindsAny finds -> SetChecks.finds(finds, texts);
            case Condition.OneOf one -> SetChecks.oneOf(one, texts);
            case Condition.InNetworks in -> SetChecks.inNetworks(in, texts);
            case Condition.InNumbers in -> SetChecks.inNumbers(in, texts);
            case Condition.Present present -> SetChecks.present(present.variable(), texts);
            case Condition.Authenticated(UserList list, List<String> groups) -> {
                KnownUsers users = texts.users(list);
                yield exchange -> users.accept(exchange, groups);
            }
        };
    }

    private static Check[] compile(List<Condition> conditions, Texts texts) {
        return conditions.stream().map(each -> compile(each, texts)).toArray(Check[]::new);
    }

    private static Check all(Check[] checks) {
        return exchange -> {
            for (Check check : checks) {
                if (!check.holds(exchange)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static Check any(Check[] checks) {
        return exchange -> {
            for (Check check : checks) {
                if (check.holds(exchange)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Check isTrue(Text value) {
        return exchange -> {
            String text = value.of(exchange);
            return !text.isEmpty() && !text.equals("0");
        };
    }

    private static Check same(Text left, Text right) {
        return exchange -> left.of(exchange).equals(right.of(exchange));
    }

    private static Check matches(Text value, Expression expression) {
        return exchange -> {
            boolean isFound = expression.find(value.of(exchange), exchange);
            if (!isFound) {
                exchange.values().unmatched();
            }
            return isFound;
        };
    }

    private static Check file(Text name, Condition.FileTest.Kind kind) {
        return exchange -> {
            Path path = path(name.of(exchange));
            return switch (kind) {
                case IS_FILE -> Files.isRegularFile(path);
                case IS_DIRECTORY -> Files.isDirectory(path);
                case EXISTS -> Files.exists(path);
                case IS_EXECUTABLE -> Files.isExecutable(path) && Files.isRegularFile(path);
            };
        };
    }

    private static Path path(String bytes) {
        try {
            return Path.of(new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        } catch (InvalidPathException unusable) {
            return Path.of("/proc/self/no-such-file");
        }
    }
}
