package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes samples of expressions.
public final class Samples {
    private static final Set<String> OF_BYTES = Set.of(
            "base64", "be2dec", "be2hex", "bytes", "crc32", "crc32c", "digest", "djb2", "hex", "hmac", "sdbm", "sha1",
            "sha2", "ub64enc", "wt6", "xxh3", "xxh32", "xxh64", "md5");
    private static final Set<String> OF_ANY = Set.of("set-var", "in_table");
    private static final Set<String> DECODING = Set.of(
            "url_dec",
            "b64dec",
            "ub64dec",
            "json_query",
            "jwt_header_query",
            "jwt_payload_query",
            "concat",
            "add_item");
    private static final Set<String> FREE = Set.of("var", "str", "env", "req.body", "req_body", "req.hdrs", "res.hdrs");

    private Samples() {}

    /// @throws IllegalArgumentException with the reason if a name or an argument is wrong
    public static Sample make(Expression expression, Surroundings around) {
        Sample sample = Fetches.make(expression.fetch(), around);
        for (Call call : expression.converters()) {
            Converter converter = Converters.find(call);
            sample = converted(
                    cast(sample, call.name()), converter, converter.maker().make(call, around));
        }
        return sample;
    }

    /// As it is put into a text.
    ///
    /// @param inMessage whether control characters in it would do harm
    /// @param escapes whether quotes, backslashes and closing brackets get a backslash
    static Variable shown(Expression expression, boolean inMessage, boolean escapes, Surroundings around, Span origin) {
        Sample sample = make(expression, around);
        Variable shown = sample.variable();
        if (sample.kind() == Kind.BYTES) {
            shown = new Variable.Converted(shown, Conversion.Plain.BEFORE_NUL);
        }
        if (escapes) {
            List<Template.Part> behind =
                    List.of(new Template.Part.Literal("\\"), new Template.Part.Reference(new Variable.Capture(1)));
            shown = new Variable.Converted(
                    shown,
                    new Conversion.Replaced(
                            around.regex("([]\"\\\\])", false, origin), new Template(behind, origin), true));
        }
        return inMessage && mayHoldControls(expression, sample.kind())
                ? new Variable.Converted(shown, Conversion.Plain.ENCODE_CONTROLS)
                : shown;
    }

    /// What a request line and its fields say cannot, unless something is decoded.
    private static boolean mayHoldControls(Expression expression, Kind kind) {
        return kind == Kind.BYTES
                || (kind == Kind.TEXT
                        && (FREE.contains(expression.fetch().name())
                                || expression.converters().stream().anyMatch(call -> DECODING.contains(call.name()))));
    }

    /// Converters for bytes get addresses and numbers as bytes, those for texts get bytes up to the first NUL.
    private static Sample cast(Sample sample, String converter) {
        boolean takesBytes = OF_BYTES.contains(converter);
        return switch (sample.kind()) {
            case ADDRESS -> takesBytes ? converted(sample, Conversion.Plain.ADDRESS_BYTES, Kind.BYTES) : sample;
            case NUMBER, BOOLEAN ->
                takesBytes ? converted(sample, Conversion.Plain.WIDE_NUMBER_BYTES, Kind.BYTES) : sample;
            case BYTES ->
                takesBytes || OF_ANY.contains(converter) || converter.startsWith("table_")
                        ? sample
                        : converted(sample, Conversion.Plain.BEFORE_NUL, Kind.TEXT);
            case TEXT, METHOD -> sample;
        };
    }

    private static Sample converted(Sample sample, Conversion how, Kind kind) {
        return Sample.of(new Variable.Converted(sample.variable(), how), kind);
    }

    private static Sample converted(Sample sample, Converter converter, Conversion how) {
        Kind kind = converter.result().orElse(sample.kind());
        Variable variable = new Variable.Converted(sample.variable(), how);
        Optional<Variable> list =
                isCaseOnly(how) ? sample.list().map(of -> new Variable.Converted(of, how)) : Optional.empty();
        return new Sample(variable, kind, list, Optional.empty());
    }

    /// What may be done to a list as a whole instead of to each of its members.
    private static boolean isCaseOnly(Conversion how) {
        return how == Conversion.Plain.LOWER_CASE || how == Conversion.Plain.UPPER_CASE;
    }
}
