package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.dialect.haproxy.value.Misread;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Conversion.Operator;
import dev.fairlead.model.text.Conversion.Plain;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.unit.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All converters, by name.
public final class Converters {
    private static final Map<String, Converter> TABLE = new TreeMap<>();

    static {
        List<Converter> rows = new ArrayList<>();
        plainRows(rows);
        textRows(rows);
        numberRows(rows);
        hashRows(rows);
        rows.addAll(MapConverters.rows());
        rows.addAll(ListConverters.rows());
        rows.addAll(TokenConverters.rows());
        rows.addAll(TableFetches.converters());
        rows.forEach(row -> TABLE.put(row.name(), row));
    }

    private Converters() {}

    public static List<Fetches.Doc> docs() {
        return TABLE.values().stream()
                .map(row -> new Fetches.Doc(row.name() + (row.most() > 0 ? "(…)" : ""), row.doc()))
                .toList();
    }

    static Converter find(Call call) {
        Converter row = TABLE.get(call.name());
        if (row == null) {
            Optional<String> reason = UnsupportedSamples.converter(call.name());
            throw new Misread(
                    reason.map(text -> "converter '" + call.name() + "' is not supported: " + text)
                            .orElseGet(() -> "unknown converter '" + call.name() + "'"),
                    call.origin(),
                    reason.isPresent()
                            ? Optional.empty()
                            : Suggestion.nearest(call.name(), TABLE.keySet())
                                    .map(near -> "did you mean '" + near + "'?"));
        }
        if (call.args().size() < row.least() || call.args().size() > row.most()) {
            throw new Misread(
                    "converter '" + call.name() + "' expects "
                            + (row.least() == row.most() ? "" : "between " + row.least() + " and ") + row.most()
                            + " argument(s), not " + call.args().size(),
                    call.origin(),
                    Optional.empty());
        }
        return row;
    }

    private static void plainRows(List<Converter> rows) {
        text(rows, "lower", Plain.LOWER_CASE, "in lower case");
        text(rows, "upper", Plain.UPPER_CASE, "in upper case");
        text(rows, "base64", Plain.ENCODE_BASE64, "in Base64");
        text(rows, "b64dec", Plain.DECODE_BASE64, "out of Base64");
        text(rows, "ub64enc", Plain.ENCODE_BASE64_URL, "in the URL's Base64");
        text(rows, "ub64dec", Plain.DECODE_BASE64_URL, "out of the URL's Base64");
        text(rows, "hex", Plain.ENCODE_HEX, "in hexadecimal digits");
        text(rows, "cut_crlf", Plain.FIRST_LINE, "up to the first end of a line");
        text(rows, "host_only", Plain.HOST_ONLY, "host of host:port");
        number(rows, "port_only", Plain.PORT_ONLY, "port of host:port");
        number(rows, "length", Plain.LENGTH, "how many bytes");
        number(rows, "hex2i", Plain.HEX_TO_NUMBER, "number of hexadecimal digits");
        number(rows, "not", Plain.NOT, "true for false");
        number(rows, "odd", Plain.ODD, "whether it is odd");
        number(rows, "even", Plain.EVEN, "whether it is even");
        number(rows, "neg", Plain.NEGATED, "with the other sign");
        number(rows, "cpl", Plain.COMPLEMENT, "bitwise complement");
        rows.add(new Converter(
                "htonl",
                0,
                0,
                Optional.of(Kind.BYTES),
                "four bytes of a number",
                (call, around) -> Plain.NUMBER_BYTES));
        rows.add(new Converter(
                "bool", 0, 0, Optional.of(Kind.BOOLEAN), "true unless 0", (call, around) -> Plain.TO_BOOLEAN));
        rows.add(new Converter(
                "url_dec",
                0,
                1,
                Optional.of(Kind.TEXT),
                "percent escapes resolved",
                (call, around) -> call.has(0) && !call.arg(0).equals("0") ? Plain.DECODE_QUERY : Plain.DECODE_PATH));
        rows.add(new Converter(
                "url_enc", 0, 1, Optional.of(Kind.TEXT), "in percent escapes", (call, around) -> Plain.ENCODE_URL));
    }

    private static void textRows(List<Converter> rows) {
        rows.add(new Converter(
                "field",
                2,
                3,
                Optional.of(Kind.TEXT),
                "piece between delimiters",
                (call, around) -> new Conversion.Field(index(call, 0), call.arg(1), pieces(call))));
        rows.add(new Converter(
                "word",
                2,
                3,
                Optional.of(Kind.TEXT),
                "the same, runs counting once",
                (call, around) -> new Conversion.Word(index(call, 0), call.arg(1), pieces(call))));
        rows.add(new Converter(
                "bytes",
                1,
                2,
                Optional.empty(),
                "stretch from an offset",
                (call, around) -> new Conversion.Slice(
                        natural(call, 0), call.has(1) ? Optional.of(natural(call, 1)) : Optional.empty())));
        rows.add(new Converter(
                "ltrim",
                1,
                1,
                Optional.of(Kind.TEXT),
                "without characters in front",
                (call, around) -> new Conversion.Trimmed(call.arg(0), true)));
        rows.add(new Converter(
                "rtrim",
                1,
                1,
                Optional.of(Kind.TEXT),
                "without characters behind",
                (call, around) -> new Conversion.Trimmed(call.arg(0), false)));
        rows.add(new Converter(
                "param",
                1,
                2,
                Optional.of(Kind.TEXT),
                "value of name=value",
                (call, around) -> new Conversion.Parameter(
                        call.arg(0), call.has(1) ? call.arg(1).charAt(0) : '&', false)));
        rows.add(new Converter("regsub", 2, 3, Optional.of(Kind.TEXT), "replaced by expression", Converters::regsub));
        rows.add(
                new Converter("concat", 0, 3, Optional.of(Kind.TEXT), "with texts and a variable", Converters::concat));
        rows.add(new Converter(
                "iif",
                2,
                2,
                Optional.of(Kind.TEXT),
                "one text or the other",
                (call, around) -> new Conversion.Chosen(constant(call, 0), constant(call, 1))));
        rows.add(new Converter(
                "strcmp",
                1,
                1,
                Optional.of(Kind.NUMBER),
                "compared with a variable",
                (call, around) -> new Conversion.Compared(Template.of(around.valueOf(call.arg(0)), call.origin()))));
        rows.add(new Converter(
                "secure_memcmp",
                1,
                1,
                Optional.of(Kind.BOOLEAN),
                "whether a variable is the same, in constant time",
                (call, around) ->
                        new Conversion.SecretlySame(Template.of(around.valueOf(call.arg(0)), call.origin()))));
        captured(rows, "capture-req", Variable.Side.REQUEST);
        captured(rows, "capture-res", Variable.Side.RESPONSE);
        rows.add(new Converter(
                "json",
                0,
                1,
                Optional.of(Kind.TEXT),
                "escaped for JSON",
                (call, around) -> new Conversion.JsonText(
                        call.arg(0).endsWith("s")
                                ? Conversion.JsonText.Invalid.DROPPED
                                : call.has(0) && call.arg(0).startsWith("utf8")
                                        ? Conversion.JsonText.Invalid.FAILS
                                        : Conversion.JsonText.Invalid.LATIN)));
        rows.add(new Converter(
                "json_query",
                1,
                2,
                Optional.of(Kind.TEXT),
                "value in a JSON text",
                (call, around) -> new Conversion.JsonValue(call.arg(0))));
        rows.add(new Converter(
                "set-var",
                1,
                9,
                Optional.empty(),
                "kept in a variable as well",
                (call, around) -> new Conversion.Stored(around.variable(call.arg(0)))));
        rows.add(new Converter(
                "ltime",
                1,
                2,
                Optional.of(Kind.TEXT),
                "date in the machine's zone",
                (call, around) -> new Conversion.Formatted(call.arg(0), false, offset(call))));
        rows.add(new Converter(
                "utime",
                1,
                2,
                Optional.of(Kind.TEXT),
                "date in UTC",
                (call, around) -> new Conversion.Formatted(call.arg(0), true, offset(call))));
        rows.add(new Converter(
                "http_date", 0, 2, Optional.of(Kind.TEXT), "as in a Date field", (call, around) -> httpDate(call)));
        rows.add(new Converter(
                "language",
                1,
                2,
                Optional.of(Kind.TEXT),
                "language preferred",
                (call, around) -> new Conversion.Language(
                        Arrays.asList(call.arg(0).split(";", -1)),
                        call.has(1) ? Optional.of(call.arg(1)) : Optional.empty())));
    }

    private static void numberRows(List<Converter> rows) {
        Map<String, Operator> operators = Map.of(
                "add", Operator.ADD,
                "sub", Operator.SUBTRACT,
                "mul", Operator.MULTIPLY,
                "div", Operator.DIVIDE,
                "mod", Operator.REMAINDER,
                "and", Operator.AND,
                "or", Operator.OR,
                "xor", Operator.XOR);
        operators.forEach((name, operator) -> rows.add(new Converter(
                name,
                1,
                1,
                Optional.of(Kind.NUMBER),
                "number with another",
                (call, around) -> new Conversion.Computed(operator, operand(call, around)))));
        rows.add(new Converter(
                "ipmask",
                1,
                2,
                Optional.of(Kind.ADDRESS),
                "network of an address",
                (call, around) -> new Conversion.Masked(
                        mask(call.arg(0)), call.has(1) ? natural(call, 1) : Conversion.Masked.NONE)));
    }

    private static void hashRows(List<Converter> rows) {
        Map<String, Conversion.Hash> hashes = Map.of(
                "crc32", Conversion.Hash.CRC32,
                "crc32c", Conversion.Hash.CRC32C,
                "djb2", Conversion.Hash.DJB2,
                "sdbm", Conversion.Hash.SDBM,
                "wt6", Conversion.Hash.WT6);
        hashes.forEach((name, hash) -> rows.add(new Converter(
                name,
                0,
                1,
                Optional.of(Kind.NUMBER),
                "hash as a number",
                (call, around) ->
                        new Conversion.Hashed(hash, call.has(0) && !call.arg(0).equals("0"), 0))));
        Map<String, Conversion.Hash> seeded =
                Map.of("xxh32", Conversion.Hash.XXH32, "xxh64", Conversion.Hash.XXH64, "xxh3", Conversion.Hash.XXH3);
        seeded.forEach((name, hash) -> rows.add(new Converter(
                name,
                0,
                1,
                Optional.of(Kind.NUMBER),
                "hash as a number",
                (call, around) -> new Conversion.Hashed(hash, false, call.has(0) ? integer(call, 0) : 0))));
        rows.add(new Converter(
                "md5",
                0,
                0,
                Optional.of(Kind.BYTES),
                "digest as bytes",
                (call, around) -> new Conversion.Digested(Conversion.Digest.MD5)));
        rows.add(new Converter(
                "sha1",
                0,
                0,
                Optional.of(Kind.BYTES),
                "digest as bytes",
                (call, around) -> new Conversion.Digested(Conversion.Digest.SHA1)));
        rows.add(new Converter(
                "sha2",
                0,
                1,
                Optional.of(Kind.BYTES),
                "digest as bytes",
                (call, around) -> new Conversion.Digested(digest("sha" + (call.has(0) ? call.arg(0) : "256")))));
        rows.add(new Converter(
                "digest",
                1,
                1,
                Optional.of(Kind.BYTES),
                "digest as bytes",
                (call, around) -> new Conversion.Digested(digest(call.arg(0)))));
        rows.add(new Converter(
                "hmac",
                2,
                2,
                Optional.of(Kind.BYTES),
                "keyed digest as bytes",
                (call, around) -> new Conversion.Authenticated(digest(call.arg(0)), constant(call, 1))));
    }

    private static void captured(List<Converter> rows, String name, Variable.Side side) {
        rows.add(new Converter(
                name,
                1,
                1,
                Optional.empty(),
                "kept for the log as well",
                (call, around) -> new Conversion.Stored(RequestFetches.capture(call, around, side))));
    }

    private static void text(List<Converter> rows, String name, Plain how, String doc) {
        rows.add(new Converter(name, 0, 0, Optional.of(Kind.TEXT), doc, (call, around) -> how));
    }

    private static void number(List<Converter> rows, String name, Plain how, String doc) {
        rows.add(new Converter(name, 0, 0, Optional.of(Kind.NUMBER), doc, (call, around) -> how));
    }

    private static Conversion httpDate(Call call) {
        DateUnit unit = DateUnit.of(call, 1);
        long offset = call.has(0) ? integer(call, 0) : 0;
        return new Conversion.HttpDate(unit.duration(offset), unit.digits());
    }

    private static Conversion regsub(Call call, Surroundings around) {
        boolean ignoreCase = call.arg(2).indexOf('i') >= 0;
        return new Conversion.Replaced(
                around.regex(call.arg(0), ignoreCase, call.origin()),
                References.template(call.arg(1), call.origin()),
                call.arg(2).indexOf('g') >= 0);
    }

    /// `concat(before,variable,behind)`.
    private static Conversion concat(Call call, Surroundings around) {
        List<Template.Part> behind = new ArrayList<>();
        if (call.has(0)) {
            behind.add(new Template.Part.Literal(call.arg(0)));
        }
        if (call.has(1)) {
            behind.add(new Template.Part.Reference(around.valueOf(call.arg(1))));
        }
        if (call.has(2)) {
            behind.add(new Template.Part.Literal(call.arg(2)));
        }
        return new Conversion.Enclosed(Template.constant("", call.origin()), new Template(behind, call.origin()));
    }

    private static Template constant(Call call, int index) {
        return Template.constant(call.arg(index), call.origin());
    }

    private static Template operand(Call call, Surroundings around) {
        return Figures.signed(call.arg(0)).isPresent()
                ? constant(call, 0)
                : Template.of(around.valueOf(call.arg(0)), call.origin());
    }

    private static int index(Call call, int index) {
        int number = (int) integer(call, index);
        if (number == 0) {
            throw new IllegalArgumentException("converter '" + call.name() + "' counts from 1");
        }
        return number;
    }

    private static int pieces(Call call) {
        return call.has(2) ? natural(call, 2) : 1;
    }

    private static Duration offset(Call call) {
        return Duration.ofSeconds(call.has(1) ? integer(call, 1) : 0);
    }

    private static int natural(Call call, int index) {
        return Figures.between(call.arg(index), 0, Integer.MAX_VALUE).orElseThrow(() -> notANumber(call, index));
    }

    private static long integer(Call call, int index) {
        return Figures.signed(call.arg(index)).orElseThrow(() -> notANumber(call, index));
    }

    private static IllegalArgumentException notANumber(Call call, int index) {
        return new IllegalArgumentException(
                "converter '" + call.name() + "' expects an integer, not '" + call.arg(index) + "'");
    }

    private static int mask(String text) {
        return Figures.between(text, 0, 32)
                .or(() -> dev.fairlead.dialect.haproxy.value.Networks.read("0.0.0.0/" + text)
                        .map(range -> ((dev.fairlead.model.net.AddressRange.Block) range).prefixLength()))
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a mask"));
    }

    private static Conversion.Digest digest(String name) {
        String plain = name.toUpperCase(Locale.ROOT).replace("-", "");
        return Arrays.stream(Conversion.Digest.values())
                .filter(known -> known.name().equals(plain))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown digest '" + name + "'"));
    }
}
