package dev.fairlead.engine.route;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.text.Expression;
import dev.fairlead.model.http.Condition;
import dev.fairlead.source.Span;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// A compiled condition.
@FunctionalInterface
interface Check {
    boolean holds(Exchange exchange);

    static Check compile(Condition condition, CompileContext context) {
        return switch (condition) {
            case Condition.IsTrue is -> isTrue(context.text(is.value()));
            case Condition.Same same -> same(context.text(same.left()), context.text(same.right()));
            case Condition.Matches matches ->
                matches(context.text(matches.value()), Expression.compile(matches.regex(), context.problems()));
            case Condition.FileTest test -> file(context.text(test.path()), test.kind());
            case Condition.Not not -> {
                Check inner = compile(not.condition(), context);
                yield exchange -> !inner.holds(exchange);
            }
            case Condition.AllOf all -> all(compile(all.conditions(), context));
            case Condition.AnyOf any -> any(compile(any.conditions(), context));
            case Condition.Always always -> exchange -> always.holds();
            case Condition.FindsAny finds -> unsupported(finds.value().origin(), context);
            case Condition.OneOf one -> unsupported(one.value().origin(), context);
            case Condition.InNetworks in -> unsupported(in.address().origin(), context);
            case Condition.InNumbers in -> unsupported(in.value().origin(), context);
            case Condition.Present present -> unsupported(Span.builtIn(), context);
            case Condition.Authenticated user -> unsupported(user.users().origin(), context);
        };
    }

    private static Check unsupported(Span origin, CompileContext context) {
        context.problems().error("engine.condition", origin, "this condition cannot be judged yet");
        return exchange -> false;
    }

    private static Check[] compile(List<Condition> conditions, CompileContext context) {
        return conditions.stream().map(each -> compile(each, context)).toArray(Check[]::new);
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
