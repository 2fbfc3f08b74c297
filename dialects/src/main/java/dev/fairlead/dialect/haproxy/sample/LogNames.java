package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.model.http.Attribute;
import dev.fairlead.model.http.Template;
import dev.fairlead.model.http.Template.Part;
import dev.fairlead.model.http.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The short names of log lines: `%ci`, `%ST`, `%HM`, ….
public final class LogNames {
    private static final Map<String, Attribute> ATTRIBUTES = new TreeMap<>();
    private static final Map<String, String> CONSTANTS = new TreeMap<>();

    static {
        ATTRIBUTES.put("ci", Attribute.CLIENT_ADDRESS);
        ATTRIBUTES.put("cp", Attribute.CLIENT_PORT);
        ATTRIBUTES.put("fi", Attribute.SERVER_ADDRESS);
        ATTRIBUTES.put("fp", Attribute.SERVER_PORT);
        ATTRIBUTES.put("ST", Attribute.STATUS);
        ATTRIBUTES.put("B", Attribute.BYTES_SENT);
        ATTRIBUTES.put("U", Attribute.REQUEST_LENGTH);
        ATTRIBUTES.put("HM", Attribute.METHOD);
        ATTRIBUTES.put("HP", Attribute.RAW_PATH);
        ATTRIBUTES.put("HPO", Attribute.RAW_PATH);
        ATTRIBUTES.put("HU", Attribute.RAW_TARGET);
        ATTRIBUTES.put("HV", Attribute.SERVER_PROTOCOL);
        ATTRIBUTES.put("r", Attribute.REQUEST_LINE);
        ATTRIBUTES.put("H", Attribute.MACHINE_NAME);
        ATTRIBUTES.put("ID", Attribute.REQUEST_ID);
        ATTRIBUTES.put("Ta", Attribute.REQUEST_MILLISECONDS);
        ATTRIBUTES.put("Tt", Attribute.REQUEST_MILLISECONDS);
        ATTRIBUTES.put("Tu", Attribute.REQUEST_MILLISECONDS);
        ATTRIBUTES.put("Ts", Attribute.UNIX_TIME);
        ATTRIBUTES.put("t", Attribute.TIME_LOCAL_MILLISECONDS);
        ATTRIBUTES.put("tr", Attribute.TIME_LOCAL_MILLISECONDS);
        ATTRIBUTES.put("T", Attribute.TIME_LOCAL);
        ATTRIBUTES.put("Tl", Attribute.TIME_LOCAL);
        ATTRIBUTES.put("trl", Attribute.TIME_LOCAL);
        ATTRIBUTES.put("trg", Attribute.TIME_LOCAL);
        ATTRIBUTES.put("Tc", Attribute.UPSTREAM_CONNECT_MILLISECONDS);
        ATTRIBUTES.put("Tr", Attribute.UPSTREAM_ANSWER_MILLISECONDS);
        ATTRIBUTES.put("ac", Attribute.CONNECTIONS_ACTIVE);
        ATTRIBUTES.put("fc", Attribute.CONNECTIONS_ACTIVE);
        ATTRIBUTES.put("pid", Attribute.PROCESS_ID);
        ATTRIBUTES.put("rt", Attribute.CONNECTION_REQUESTS);
        ATTRIBUTES.put("lc", Attribute.CONNECTION);
        ATTRIBUTES.put("s", Attribute.UPSTREAM_SERVER);
        ATTRIBUTES.put("si", Attribute.UPSTREAM_ADDRESS);
        ATTRIBUTES.put("sslv", Attribute.TLS_PROTOCOL);
        ATTRIBUTES.put("sslc", Attribute.TLS_CIPHER);
        CONSTANTS.put("Th", "0");
        CONSTANTS.put("Ti", "0");
        CONSTANTS.put("TR", "0");
        CONSTANTS.put("Tq", "0");
        CONSTANTS.put("Tw", "0");
        CONSTANTS.put("Td", "0");
        CONSTANTS.put("bc", "0");
        CONSTANTS.put("bq", "0");
        CONSTANTS.put("sc", "0");
        CONSTANTS.put("sq", "0");
        CONSTANTS.put("rc", "0");
        CONSTANTS.put("ms", "0");
        ATTRIBUTES.put("ts", Attribute.ENDING);
        CONSTANTS.put("CC", "-");
        CONSTANTS.put("CS", "-");
        CONSTANTS.put("bi", "-");
        CONSTANTS.put("bp", "0");
        CONSTANTS.put("sp", "0");
    }

    private LogNames() {}

    /// The longest name that stands at a place of a text; empty if none does.
    static String longest(String text, int at) {
        String best = "";
        for (int length = 1; length <= 4 && at + length <= text.length(); length++) {
            String name = text.substring(at, at + length);
            if (isKnown(name)) {
                best = name;
            }
        }
        return best;
    }

    private static boolean isKnown(String name) {
        return ATTRIBUTES.containsKey(name)
                || CONSTANTS.containsKey(name)
                || List.of("o", "f", "ft", "b", "hr", "hrl", "hs", "hsl", "HQ", "tsc")
                        .contains(name);
    }

    static List<Part> variable(String name, Surroundings around, Span origin) {
        Attribute attribute = ATTRIBUTES.get(name);
        if (attribute != null) {
            return List.of(new Part.Reference(new Variable.Builtin(attribute)));
        }
        String constant = CONSTANTS.get(name);
        if (constant != null) {
            return List.of(new Part.Literal(constant));
        }
        return switch (name) {
            case "tsc" -> List.of(new Part.Reference(new Variable.Builtin(Attribute.ENDING)), new Part.Literal("--"));
            case "f", "ft" -> List.of(new Part.Literal(around.frontend()));
            case "b" -> List.of(new Part.Literal(around.backend().orElse(around.frontend())));
            case "HQ" ->
                List.of(
                        new Part.Reference(new Variable.Builtin(Attribute.QUERY_MARK)),
                        new Part.Reference(new Variable.Builtin(Attribute.QUERY)));
            case "hr", "hrl" -> captures(Variable.Side.REQUEST, around);
            case "hs", "hsl" -> captures(Variable.Side.RESPONSE, around);
            default -> throw new IllegalArgumentException("no such format variable '" + name + "' at " + origin);
        };
    }

    /// `{first|second}`; nothing at all where nothing is captured.
    private static List<Part> captures(Variable.Side side, Surroundings around) {
        List<Part> parts = new ArrayList<>();
        for (String field : around.captures(side)) {
            parts.add(new Part.Literal(parts.isEmpty() ? "{" : "|"));
            parts.add(new Part.Reference(new Variable.FieldLine(side, field, -1)));
        }
        if (!parts.isEmpty()) {
            parts.add(new Part.Literal("}"));
        }
        return parts;
    }

    /// The line of `option httplog`.
    public static Template httpLog(Surroundings around, Span origin) {
        return LogFormat.template(
                "%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs"
                        + " %{+Q}r",
                origin, around);
    }
}
