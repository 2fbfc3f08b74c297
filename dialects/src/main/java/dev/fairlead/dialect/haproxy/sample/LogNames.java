package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Template.Part;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        ATTRIBUTES.put("Ta", Attribute.REQUEST_MILLISECONDS);
        ATTRIBUTES.put("Tt", Attribute.REQUEST_MILLISECONDS);
        ATTRIBUTES.put("Tu", Attribute.REQUEST_MILLISECONDS);
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
        ATTRIBUTES.put("rt", Attribute.REQUEST_SERIAL);
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
        ATTRIBUTES.put("ts", Attribute.ENDING);
        CONSTANTS.put("bi", "-");
        CONSTANTS.put("bp", "-");
    }

    /// What only requests have.
    private static final Set<String> OF_REQUESTS = Set.of(
            "CC", "CS", "HM", "HP", "HPO", "HQ", "HU", "HV", "Ta", "Ti", "Tq", "TR", "Tr", "r", "tr", "trg", "trl");
    /// What a connection has that failed before there was a request.
    private static final Map<String, String> OF_FAILURES = Map.ofEntries(
            Map.entry("ST", "0"),
            Map.entry("ts", "PR"),
            Map.entry("tsc", "PR--"),
            Map.entry("r", "<BADREQ>"),
            Map.entry("HM", "<BADREQ>"),
            Map.entry("HP", "<BADREQ>"),
            Map.entry("HPO", "<BADREQ>"),
            Map.entry("HQ", "<BADREQ>"),
            Map.entry("HU", "<BADREQ>"),
            Map.entry("HV", "<BADREQ>"),
            Map.entry("Tw", "-1"),
            Map.entry("Tc", "-1"),
            Map.entry("Tr", "-1"),
            Map.entry("TR", "-1"),
            Map.entry("Tq", "-1"));
    /// What is known at the end only.
    private static final Set<String> LATE = Set.of(
            "B", "ID", "Ta", "Tc", "Td", "Th", "Ti", "Tq", "TR", "Tr", "Tt", "Tu", "Tw", "U", "ac", "bc", "bq", "fc",
            "rc", "sc", "sq", "ts");
    /// What grows until the end: a plus sign says so where the end was not awaited.
    private static final Set<String> GROWING = Set.of("B", "Ta", "Tt", "Tu");

    /// What is neither a constant nor an attribute as it is.
    private static final Set<String> OTHERS =
            Set.of("o", "f", "ft", "b", "bc", "hr", "hrl", "hs", "hsl", "HQ", "tsc", "CC", "CS", "ID", "Ts", "ms");
    private static final Set<String> ADDRESSES = Set.of("ci", "fi", "bi", "si");
    /// Numbers that `+X` shows in hexadecimal digits, at least so many.
    private static final Map<String, Integer> HEXADECIMAL =
            Map.of("cp", 4, "fp", 4, "bp", 4, "sp", 4, "Ts", 4, "ms", 2, "rt", 4, "pid", 4, "lc", 4);

    /// Stands in lines about failures for a tilde, where connections are secured that come in by the address.
    public static final Part SECURED = new Part.Reference(new Variable.Builtin(Attribute.HTTPS));

    private LogNames() {}

    /// Whether a line with it cannot be written before all is over.
    static boolean isLate(String name) {
        return LATE.contains(name);
    }

    static boolean isGrowing(String name) {
        return GROWING.contains(name);
    }

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
        return ATTRIBUTES.containsKey(name) || CONSTANTS.containsKey(name) || OTHERS.contains(name);
    }

    static List<Part> variable(String name, LogKind kind, Surroundings around, Span origin) {
        return switch (kind) {
            case REQUEST, TEXT, RULE -> variable(name, around, origin);
            case CONNECTION -> ofConnection(name, around, origin);
            case FAILURE -> {
                if (name.equals("ft")) {
                    yield List.of(new Part.Literal(around.frontend()), SECURED);
                }
                String constant = OF_FAILURES.get(name);
                yield constant == null ? variable(name, around, origin) : List.of(new Part.Literal(constant));
            }
        };
    }

    private static List<Part> ofConnection(String name, Surroundings around, Span origin) {
        return switch (name) {
            case "ST" -> List.of(new Part.Literal("0"));
            case "b" -> List.of(orElse(Attribute.BACK_NAME, around.frontend(), origin));
            case "bc" -> List.of(orElse(Attribute.BACK_CONNECTIONS, "0", origin));
            default -> variable(name, around, origin);
        };
    }

    private static Part orElse(Attribute attribute, String otherwise, Span origin) {
        Template value = Template.of(new Variable.Builtin(attribute), origin);
        return new Part.Reference(
                table(attribute.name(), attribute, Map.of("", Template.constant(otherwise, origin)), value, origin));
    }

    private static Variable table(
            String name, Attribute of, Map<String, Template> exact, Template otherwise, Span origin) {
        return new Variable.Lookup(new LookupTable.ByText(
                name,
                Template.of(new Variable.Composed(Template.of(new Variable.Builtin(of), origin)), origin),
                exact,
                Map.of(),
                Map.of(),
                List.of(),
                Optional.of(otherwise),
                false,
                true,
                origin));
    }

    /// What is reserved for requests.
    static boolean isOfRequests(String name) {
        return OF_REQUESTS.contains(name);
    }

    private static List<Part> variable(String name, Surroundings around, Span origin) {
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
            case "f" -> List.of(new Part.Literal(around.frontend()));
            case "ft" -> List.of(new Part.Literal(around.frontend()), secured(origin));
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
            case "ID" ->
                List.of(around.uniqueId().<Part>map(Part.Reference::new).orElseGet(() -> new Part.Literal("-")));
            case "Ts" -> begun(1);
            case "ms" -> begun(2);
            case "CC" -> cookie(Variable.Side.REQUEST, around);
            case "CS" -> cookie(Variable.Side.RESPONSE, around);
            case "hrl" -> listed(Variable.Side.REQUEST, around);
            case "hsl" -> listed(Variable.Side.RESPONSE, around);
            default -> throw new IllegalArgumentException("no such format variable '" + name + "' at " + origin);
        };
    }

    /// Seconds of the moment when it began, or milliseconds of that second.
    private static List<Part> begun(int piece) {
        Variable moment = new Variable.Builtin(Attribute.BEGUN_UNIX_TIME);
        return List.of(new Part.Reference(new Variable.Converted(moment, new Conversion.Field(piece, ".", 1))));
    }

    /// What `+X` makes of a name that it changes.
    static List<Part> hexadecimal(String name, List<Part> parts) {
        Integer digits = HEXADECIMAL.get(name);
        if (digits == null && !ADDRESSES.contains(name)) {
            return parts;
        }
        return parts.stream()
                .map(part -> part instanceof Part.Reference(Variable of)
                        ? new Part.Reference(
                                digits == null
                                        ? new Variable.Converted(
                                                new Variable.Converted(of, Conversion.Plain.ADDRESS_BYTES),
                                                Conversion.Plain.ENCODE_HEX)
                                        : new Variable.Converted(of, new Conversion.HexNumber(digits)))
                        : part)
                .toList();
    }

    /// A tilde where the client's connection is secured.
    private static Part secured(Span origin) {
        return new Part.Reference(table(
                "ft",
                Attribute.HTTPS,
                Map.of("on", Template.constant("~", origin)),
                Template.constant("", origin),
                origin));
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
    public static final String HTTP_LOG =
            "%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs"
                    + " %{+Q}r";
    /// The line of `option httpslog`.
    public static final String HTTPS_LOG =
            HTTP_LOG + " %[fc_err]/0000000000000000/0/0/%[ssl_fc_is_resumed] %[ssl_fc_sni]/%sslv/%sslc";
    /// The line of `option tcplog`.
    public static final String TCP_LOG = "%ci:%cp [%t] %ft %b/%s %Tw/%Tc/%Tt %B %ts %ac/%fc/%bc/%sc/%rc %sq/%bq";
}
