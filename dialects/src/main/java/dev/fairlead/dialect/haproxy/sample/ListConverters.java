package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Variable;
import dev.fairlead.model.text.Variable.UpstreamNumber;
import java.util.List;
import java.util.Optional;

/// Converters that make lists, and those that take a name of a backend or a server.
final class ListConverters {
    private static final int WIDEST = 8;

    private ListConverters() {}

    static List<Converter> rows() {
        return List.of(
                new Converter(
                        "be2dec",
                        2,
                        3,
                        Optional.of(Kind.TEXT),
                        "bytes as numbers of so many bytes",
                        (call, around) ->
                                new Conversion.Chunks(call.arg(0), size(call, WIDEST), false, isSet(call, 2))),
                new Converter(
                        "be2hex",
                        0,
                        3,
                        Optional.of(Kind.TEXT),
                        "bytes in hexadecimal digits, in groups",
                        (call, around) -> new Conversion.Chunks(
                                call.arg(0), call.has(1) ? size(call, Integer.MAX_VALUE) : 1, true, isSet(call, 2))),
                new Converter(
                        "add_item",
                        2,
                        3,
                        Optional.of(Kind.TEXT),
                        "with a variable and a text behind a delimiter",
                        (call, around) -> new Conversion.Added(call.arg(0), variable(call, around), call.arg(2))),
                new Converter(
                        "nbsrv",
                        0,
                        0,
                        Optional.of(Kind.NUMBER),
                        "servers of a backend of that name that are up",
                        (call, around) -> new Conversion.UpstreamCount(UpstreamNumber.SERVERS_UP, "")),
                new Converter(
                        "srv_queue",
                        0,
                        0,
                        Optional.of(Kind.NUMBER),
                        "requests that wait for a server of that name",
                        (call, around) -> new Conversion.UpstreamCount(
                                UpstreamNumber.QUEUED, around.backend().orElse(around.frontend()))));
    }

    private static Optional<Variable> variable(Call call, Surroundings around) {
        if (!call.has(1) && !call.has(2)) {
            throw new IllegalArgumentException("one of the optional arguments has to be nonempty");
        }
        return call.has(1) ? Optional.of(around.valueOf(call.arg(1))) : Optional.empty();
    }

    private static int size(Call call, int most) {
        return Figures.between(call.arg(1), 1, most)
                .orElseThrow(() -> new IllegalArgumentException(
                        "converter '" + call.name() + "' expects a chunk size, not '" + call.arg(1) + "'"));
    }

    private static boolean isSet(Call call, int index) {
        return call.has(index) && !call.arg(index).equals("0");
    }
}
