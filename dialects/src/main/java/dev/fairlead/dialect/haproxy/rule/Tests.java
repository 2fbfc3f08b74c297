package dev.fairlead.dialect.haproxy.rule;

import dev.fairlead.dialect.haproxy.sample.Sample;
import dev.fairlead.dialect.haproxy.sample.Samples;
import dev.fairlead.dialect.haproxy.sample.Surroundings;
import dev.fairlead.dialect.haproxy.sample.UserFetches;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.dialect.haproxy.value.Misread;
import dev.fairlead.dialect.haproxy.value.Networks;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.NumberRange;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.TextSet;
import dev.fairlead.model.text.Variable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes conditions of tests.
final class Tests {
    private static final Set<String> OPERATORS = Set.of("eq", "ge", "gt", "le", "lt");

    private Tests() {}

    /// @throws IllegalArgumentException with the reason if the test makes no sense
    static Condition condition(Test test, Surroundings around) {
        if (test.expression().fetch().name().equals("http_auth_group")
                && test.expression().converters().isEmpty()
                && test.matching().isEmpty()
                && !test.patterns().isEmpty()) {
            return UserFetches.inGroups(test.expression().fetch(), texts(test), around);
        }
        Sample sample = Samples.make(test.expression(), around);
        Matching matching = test.matching().orElseGet(() -> Matching.usual(sample.kind()));
        if (matching != Matching.FOUND
                && matching != Matching.BOOL
                && test.patterns().isEmpty()
                && test.files().isEmpty()) {
            throw new Misread(
                    "no pattern to compare '" + test.expression().fetch().name() + "' with",
                    test.origin(),
                    "what it shall be stands behind it: path_beg /static");
        }
        return test.files().isEmpty() || matching == Matching.FOUND || matching == Matching.BOOL
                ? comparison(test, matching, sample, around)
                : listed(test, matching, sample, around);
    }

    /// Each file is a list of its own, which may change while the program runs.
    private static Condition listed(Test test, Matching matching, Sample sample, Surroundings around) {
        List<Condition> any = new ArrayList<>();
        for (String file : test.files().stream().distinct().toList()) {
            List<Test.Pattern> patterns = test.patterns().stream()
                    .filter(pattern -> pattern.file().equals(Optional.of(file)))
                    .toList();
            any.add(new Condition.Listed(
                    file,
                    patterns.stream().map(Test.Pattern::text).toList(),
                    comparison(test.with(patterns), matching, sample, around)));
        }
        List<Test.Pattern> own = test.patterns().stream()
                .filter(pattern -> pattern.file().isEmpty())
                .toList();
        if (!own.isEmpty()) {
            any.add(comparison(test.with(own), matching, sample, around));
        }
        return any.size() == 1 ? any.getFirst() : new Condition.AnyOf(any);
    }

    private static Condition comparison(Test test, Matching matching, Sample sample, Surroundings around) {
        return switch (matching) {
            case FOUND -> new Condition.Present(sample.variable());
            case BOOL -> bool(test, sample);
            case INT -> new Condition.InNumbers(sample.compared(test.origin()), numbers(test), sample.isList());
            case LEN -> new Condition.InNumbers(length(test, sample), numbers(test), false);
            case IP -> new Condition.InNetworks(sample.compared(test.origin()), networks(test), sample.isList());
            case BIN -> oneOf(test, sample, TextSet.How.EXACT, bytes(test));
            case METH, STR -> oneOf(test, sample, TextSet.How.EXACT, texts(test));
            case BEG -> oneOf(test, sample, TextSet.How.PREFIX, texts(test));
            case END -> oneOf(test, sample, TextSet.How.SUFFIX, texts(test));
            case SUB -> oneOf(test, sample, TextSet.How.SUBSTRING, texts(test));
            case DIR -> oneOf(test, sample, TextSet.How.DIRECTORY, texts(test));
            case DOM -> oneOf(test, sample, TextSet.How.DOMAIN, texts(test));
            case REG ->
                new Condition.FindsAny(sample.compared(test.origin()), expressions(test, around), sample.isList());
        };
    }

    private static Condition bool(Test test, Sample sample) {
        Condition holds = sample.condition().orElseGet(() -> new Condition.IsTrue(sample.template(test.origin())));
        if (test.patterns().isEmpty()) {
            return holds;
        }
        boolean wanted = switch (test.patterns().getFirst().text()) {
            case "1", "true", "on", "yes" -> true;
            case "0", "false", "off", "no" -> false;
            default ->
                throw new IllegalArgumentException(
                        "expects a boolean, not '" + test.patterns().getFirst().text() + "'");
        };
        return wanted ? holds : new Condition.Not(holds);
    }

    private static Condition oneOf(Test test, Sample sample, TextSet.How how, List<String> texts) {
        TextSet set = new TextSet(how, test.ignoreCase(), texts);
        return new Condition.OneOf(sample.compared(test.origin()), set, sample.isList());
    }

    private static Template length(Test test, Sample sample) {
        return Template.of(new Variable.Converted(sample.variable(), Conversion.Plain.LENGTH), test.origin());
    }

    private static List<String> texts(Test test) {
        return test.patterns().stream().map(Test.Pattern::text).toList();
    }

    private static List<String> bytes(Test test) {
        return test.patterns().stream()
                .map(pattern -> new String(hexadecimal(pattern.text()), StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static byte[] hexadecimal(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException("expects hexadecimal digits, not '" + text + "'", bad);
        }
    }

    private static List<Regex> expressions(Test test, Surroundings around) {
        return test.patterns().stream()
                .map(pattern -> expression(pattern, test.ignoreCase(), around))
                .toList();
    }

    private static Regex expression(Test.Pattern pattern, boolean ignoreCase, Surroundings around) {
        try {
            return around.regex(pattern.text(), ignoreCase, pattern.origin());
        } catch (IllegalArgumentException bad) {
            throw new Misread(String.valueOf(bad.getMessage()), pattern.origin(), Optional.empty());
        }
    }

    private static List<AddressRange> networks(Test test) {
        return test.patterns().stream()
                .map(pattern -> Networks.read(pattern.text())
                        .orElseThrow(() -> new Misread(
                                "'" + pattern.text() + "' is not a valid IPv4 or IPv6 address",
                                pattern.origin(),
                                "such as 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32")))
                .toList();
    }

    /// `80`, `1:1023`, `1024:`, `:9`, and `ge 3` and the like, an operator holding for all that follow.
    private static List<NumberRange> numbers(Test test) {
        List<NumberRange> ranges = new ArrayList<>();
        String operator = "eq";
        for (Test.Pattern pattern : test.patterns()) {
            if (OPERATORS.contains(pattern.text())) {
                operator = pattern.text();
            } else {
                ranges.add(range(operator, pattern));
            }
        }
        return ranges;
    }

    private static NumberRange range(String operator, Test.Pattern pattern) {
        String text = pattern.text();
        int colon = text.indexOf(':');
        if (operator.equals("eq") && colon >= 0) {
            return new NumberRange(
                    colon == 0 ? Long.MIN_VALUE : number(text.substring(0, colon), pattern),
                    colon + 1 == text.length() ? Long.MAX_VALUE : number(text.substring(colon + 1), pattern));
        }
        long number = number(text, pattern);
        return switch (operator) {
            case "ge" -> new NumberRange(number, Long.MAX_VALUE);
            case "gt" -> new NumberRange(number + 1, Long.MAX_VALUE);
            case "le" -> new NumberRange(Long.MIN_VALUE, number);
            case "lt" -> new NumberRange(Long.MIN_VALUE, number - 1);
            default -> NumberRange.of(number);
        };
    }

    private static long number(String text, Test.Pattern pattern) {
        return Figures.signed(text)
                .orElseThrow(() -> new Misread(
                        "expects an integer or a range, not '" + text + "'",
                        pattern.origin(),
                        "such as 80, 1:1023 or gt 10"));
    }
}
