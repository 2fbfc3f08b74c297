package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.model.http.ConnectionFailure;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// Numbers and sentences for connections that fail before there is a request (manual, section 7.3.3, `fc_err`).
public final class Failures {
    /// @param number of `fc_err`
    private record Told(int number, String sentence) {}

    private static final Map<ConnectionFailure, Told> ALL = new EnumMap<>(Map.of(
            ConnectionFailure.HEADER_MISSING,
            new Told(11, "Connection closed while waiting for PROXY protocol header"),
            ConnectionFailure.HEADER_RESET,
            new Told(12, "Connection error while waiting for PROXY protocol header"),
            ConnectionFailure.HEADER_LATE,
            new Told(13, "Timeout while waiting for PROXY protocol header"),
            ConnectionFailure.HEADER_CUT,
            new Told(14, "Truncated PROXY protocol header received"),
            ConnectionFailure.HEADER_UNKNOWN,
            new Told(15, "Received something which does not look like a PROXY protocol header"),
            ConnectionFailure.HEADER_UNSOUND,
            new Told(16, "Received an invalid PROXY protocol header"),
            ConnectionFailure.TLS_CLOSED,
            new Told(24, "Connection closed during SSL handshake"),
            ConnectionFailure.TLS_LATE,
            new Told(26, "Timeout during SSL handshake"),
            ConnectionFailure.TLS_FAILED,
            new Told(34, "SSL handshake failure")));

    private Failures() {}

    static List<Fetch> rows() {
        return List.of(
                new Fetch(
                        "fc_err",
                        0,
                        0,
                        "number of what the connection failed of, for `error-log-format`",
                        (call, around) -> Sample.of(number(call.origin()), Kind.NUMBER)),
                new Fetch(
                        "fc_err_str",
                        0,
                        0,
                        "the same as a sentence",
                        (call, around) -> Sample.of(sentence(call.origin()), Kind.TEXT)));
    }

    private static Variable number(Span origin) {
        return table("fc_err", told -> Integer.toString(told.number), "0", origin);
    }

    public static Variable sentence(Span origin) {
        return table("fc_err_str", Told::sentence, "Success", origin);
    }

    private static Variable table(String name, Function<Told, String> text, String otherwise, Span origin) {
        Map<String, Template> texts = new HashMap<>();
        for (ConnectionFailure failure : ConnectionFailure.values()) {
            Told told = Objects.requireNonNull(ALL.get(failure));
            texts.put(failure.word(), Template.constant(text.apply(told), origin));
        }
        return new Variable.Lookup(new LookupTable.ByText(
                name,
                Template.of(new Variable.Builtin(Attribute.CONNECTION_FAILURE), origin),
                texts,
                Map.of(),
                Map.of(),
                List.of(),
                Optional.of(Template.constant(otherwise, origin)),
                false,
                true,
                origin));
    }
}
