package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.model.http.Attribute;
import dev.fairlead.model.http.LookupTable;
import dev.fairlead.model.http.Template;
import dev.fairlead.model.http.Template.Part;
import dev.fairlead.model.http.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The short names of log lines: `%ci`, `%ST`, `%HM`, ….
public final class LogNames {
    private static final Map<String, Attribute> ATTRIBUTES = new TreeMap<>();
    private static final Map<String, String> CONSTANTS = new TreeMap<>();

    static {
        ATTRIBUTES.put("ci", Attribute.CLIENT_ADDRESS);
        ATTRIBUTES.put("cp", Attribute.CLIENT_PORT);
        ATTRIBUTES.put("fi", Attribute.ASKED_ADDRESS);
        ATTRIBUTES.put("fp", Attribute.ASKED_PORT);
        ATTRIBUTES.put("ST", Attribute.ANSWERED_STATUS);
        ATTRIBUTES.put("B", Attribute.BYTES_SENT);
        ATTRIBUTES.put("U", Attribute.REQUEST_LENGTH);
        ATTRIBUTES.put("HM", Attribute.METHOD);
        ATTRIBUTES.put("HP", Attribute.RAW_PATH);
        ATTRIBUTES.put("HPO", Attribute.RAW_PATH);
        ATTRIBUTES.put("HU", Attribute.RAW_TARGET);
        ATTRIBUTES.put("HV", Attribute.SERVER_PROTOCOL);
        ATTRIBUTES.put("r", Attribute.SOUND_REQUEST_LINE);
        ATTRIBUTES.put("H", Attribute.MACHINE_NAME);
        ATTRIBUTES.put("ID", Attribute.REQUEST_ID);
        ATTRIBUTES.put("Ta", Attribute.REQUEST_MILLISECONDS);
        ATTRIBUTES.put("Tt", Attribute.REQUEST_MILLISECONDS);
        ATTRIBUTES.put("Tu", Attribute.REQUEST_MILLISECONDS);
        ATTRIBUTES.put("Ts", Attribute.UNIX_SECONDS);
        ATTRIBUTES.put("t", Attribute.TIME_LOCAL_MILLISECONDS);
        ATTRIBUTES.put("tr", Attribute.TIME_LOCAL_MILLISECONDS);
        ATTRIBUTES.put("T", Attribute.TIME_LOCAL);
        ATTRIBUTES.put("Tl", Attribute.TIME_LOCAL);
        ATTRIBUTES.put("trl", Attribute.TIME_LOCAL);
        ATTRIBUTES.put("trg", Attribute.TIME_LOCAL);
        ATTRIBUTES.put("Tc", Attribute.UPSTREAM_CONNECT_MILLISECONDS);
        ATTRIBUTES.put("Tr", Attribute.UPSTREAM_ANSWER_MILLISECONDS);
        ATTRIBUTES.put("ac", Attribute.CONNECTIONS_ACTIVE);
        ATTRIBUTES.put("fc", Attribute.FRONT_CONNECTIONS);
        ATTRIBUTES.put("pid", Attribute.PROCESS_ID);
        ATTRIBUTES.put("rt", Attribute.CONNECTION_REQUESTS);
        ATTRIBUTES.put("lc", Attribute.CONNECTION);
        ATTRIBUTES.put("s", Attribute.UPSTREAM_SERVER);
        ATTRIBUTES.put("si", Attribute.UPSTREAM_IP);
        ATTRIBUTES.put("sp", Attribute.UPSTREAM_IP_PORT);
        ATTRIBUTES.put("sslv", Attribute.TLS_PROTOCOL);
        ATTRIBUTES.put("sslc", Attribute.TLS_CIPHER);
        CONSTANTS.put("Th", "0");
        CONSTANTS.put("Ti", "0");
        ATTRIBUTES.put("TR", Attribute.HEAD_MILLISECONDS);
        ATTRIBUTES.put("Tq", Attribute.HEAD_MILLISECONDS);
        ATTRIBUTES.put("Tw", Attribute.QUEUE_MILLISECONDS);
        ATTRIBUTES.put("Td", Attribute.DATA_MILLISECONDS);
        ATTRIBUTES.put("bq", Attribute.UPSTREAM_QUEUE);
        ATTRIBUTES.put("sc", Attribute.SERVER_CONNECTIONS);
        ATTRIBUTES.put("sq", Attribute.SERVER_QUEUE);
        ATTRIBUTES.put("rc", Attribute.RETRIES);
        CONSTANTS.put("ms", "0");
        ATTRIBUTES.put("ts", Attribute.ENDING);
        CONSTANTS.put("bi", "-");
        CONSTANTS.put("bp", "-");
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
                || List.of("o", "f", "ft", "b", "bc", "hr", "hrl", "hs", "hsl", "HQ", "tsc", "CC", "CS")
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
            case "tsc" ->
                List.of(
                        new Part.Reference(new Variable.Builtin(Attribute.ENDING)),
                        new Part.Reference(new Variable.Builtin(Attribute.BOND_STATES)));
            case "f", "ft" -> List.of(new Part.Literal(around.frontend()));
            case "bc" ->
                List.of(around.backend()
                        .<Part>map(backend -> new Part.Reference(
                                new Variable.OfUpstream(backend, Variable.UpstreamNumber.CONNECTIONS)))
                        .orElseGet(() -> new Part.Literal("0")));
            case "b" -> List.of(new Part.Literal(around.backend().orElse(around.frontend())));
            case "HQ" ->
                List.of(
                        new Part.Reference(new Variable.Builtin(Attribute.QUERY_MARK)),
                        shown(new Variable.Builtin(Attribute.QUERY), origin));
            case "CC" -> cookie(Variable.Side.REQUEST, around);
            case "CS" -> cookie(Variable.Side.RESPONSE, around);
            case "hrl" -> listed(Variable.Side.REQUEST, around);
            case "hsl" -> listed(Variable.Side.RESPONSE, around);
            default -> throw new IllegalArgumentException("no such format variable '" + name + "' at " + origin);
        };
    }

    /// What is not there shows nothing, where else it shows a dash.
    static Part shown(Variable variable, Span origin) {
        return new Part.Reference(new Variable.Composed(Template.of(variable, origin)));
    }

    private static List<Part> cookie(Variable.Side side, Surroundings around) {
        return List.of(
                around.capturedCookie(side).<Part>map(Part.Reference::new).orElseGet(() -> new Part.Literal("-")));
    }

    private static List<Part> listed(Variable.Side side, Surroundings around) {
        List<Part> parts = new ArrayList<>();
        for (Variable kept : around.captures(side)) {
            if (!parts.isEmpty()) {
                parts.add(new Part.Literal(" "));
            }
            parts.add(new Part.Reference(kept));
        }
        return parts;
    }

    /// `%hr` and `%hs`: `{first|second}`; nothing at all where nothing is captured, or the request was not sound.
    ///
    /// @param behind what follows where there is something
    static List<Part> braced(String name, String behind, Surroundings around, Span origin) {
        Variable.Side side = name.equals("hr") ? Variable.Side.REQUEST : Variable.Side.RESPONSE;
        List<Part> parts = new ArrayList<>();
        for (Variable kept : around.captures(side)) {
            parts.add(new Part.Literal(parts.isEmpty() ? "{" : "|"));
            parts.add(shown(kept, origin));
        }
        if (parts.isEmpty()) {
            return List.of();
        }
        parts.add(new Part.Literal("}" + behind));
        Variable head = new Variable.Builtin(Attribute.HEAD_MILLISECONDS);
        return List.of(new Part.Reference(new Variable.Lookup(new LookupTable.ByText(
                name,
                Template.of(head, origin),
                Map.of("-1", Template.constant("", origin)),
                Map.of(),
                Map.of(),
                List.of(),
                Optional.of(new Template(parts, origin)),
                false,
                true,
                origin))));
    }

    /// The line of `option httplog`.
    public static Template httpLog(Surroundings around, Span origin) {
        return LogFormat.template(
                "%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs"
                        + " %{+Q}r",
                origin, around);
    }
}
