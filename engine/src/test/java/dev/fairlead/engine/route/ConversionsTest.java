package dev.fairlead.engine.route;

import static dev.fairlead.engine.route.Written.answer;
import static dev.fairlead.engine.route.Written.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Conversion.Digest;
import dev.fairlead.model.text.Conversion.Hash;
import dev.fairlead.model.text.Conversion.Operator;
import dev.fairlead.model.text.Conversion.Plain;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.TextMap;
import dev.fairlead.model.text.TextSet;
import dev.fairlead.model.text.Variable;
import dev.fairlead.model.text.Variable.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What texts become; most values are what HAProxy 2.6 makes of the same.
class ConversionsTest {
    private static final String PIECES = "f1_f2_f3__f5";
    private static final String LONG = "hello world long enough for xxhash blocks of 32";
    private static final String JSON = "{\"a\":{\"b\":[1,\"x\\u00e9\",true,null]},\"n\":-1.5}";

    static Stream<Arguments> conversions() {
        List<Arguments> all = new ArrayList<>();
        addPieces(all);
        addNumbers(all);
        addCodes(all);
        addHashes(all);
        addOthers(all);
        return all.stream();
    }

    private static void add(List<Arguments> all, String from, String to, Conversion... how) {
        all.add(Arguments.of(from, List.of(how), to));
    }

    private static void addPieces(List<Arguments> all) {
        add(all, PIECES, "f1", new Conversion.Field(1, "_", 1));
        add(all, PIECES, "", new Conversion.Field(4, "_", 1));
        add(all, PIECES, "f5", new Conversion.Field(-1, "_", 1));
        add(all, PIECES, "f2_f3__f5", new Conversion.Field(2, "_", 0));
        add(all, PIECES, "f2_f3", new Conversion.Field(2, "_", 2));
        add(all, PIECES, "f1_f2_f3_", new Conversion.Field(-2, "_", 0));
        add(all, PIECES, "f3_", new Conversion.Field(-2, "_", 2));
        add(all, PIECES, "none", new Conversion.Field(9, "_", 1));
        add(all, PIECES, "none", new Conversion.Field(-9, "_", 1));
        add(all, PIECES, "f3", new Conversion.Word(3, "_", 1));
        add(all, PIECES, "f5", new Conversion.Word(4, "_", 1));
        add(all, PIECES, "f5", new Conversion.Word(-1, "_", 1));
        add(all, PIECES, "f2_f3", new Conversion.Word(-2, "_", 2));
        add(all, PIECES, "f2_f3__f5", new Conversion.Word(2, "_", 0));
        add(all, PIECES, "", new Conversion.Word(9, "_", 1));
        add(all, "_a_b", "a", new Conversion.Word(1, "_", 1));
        add(all, PIECES, "_f2_f3__f5", new Conversion.Slice(2, Optional.empty()));
        add(all, PIECES, "_f2", new Conversion.Slice(2, Optional.of(3)));
        add(all, PIECES, "", new Conversion.Slice(99, Optional.empty()));
        add(all, PIECES, "1_f2_f3__f5", new Conversion.Trimmed("f", true));
        add(all, PIECES, "f1_f2_f3__f", new Conversion.Trimmed("5", false));
        add(all, "q=1&name=val&x=2", "val", new Conversion.Parameter("name", '&', false));
        add(all, "a=1; Name=2 ; name=3", "3", new Conversion.Parameter("name", ';', false));
        add(all, "a=1; Name=2 ; name=3", "2", new Conversion.Parameter("name", ';', true));
        add(all, "name", "none", new Conversion.Parameter("name", ';', false));
        add(all, "www.a.example:8080", "www.a.example", Plain.HOST_ONLY);
        add(all, "www.a.example:8080", "8080", Plain.PORT_ONLY);
        add(all, "[::1]:80", "[::1]", Plain.HOST_ONLY);
        add(all, "[::1]", "0", Plain.PORT_ONLY);
        add(all, "a\tb", "a\tb", Plain.FIRST_LINE);
        add(all, PIECES, "f1-f2_f3__f5", new Conversion.Replaced(Written.regex("_"), text("-"), false));
        add(all, PIECES, "f1-f2-f3--f5", new Conversion.Replaced(Written.regex("_"), text("-"), true));
        add(all, "abc", "bac", new Conversion.Replaced(Written.regex("^(.)(.)"), text("$2$1"), true));
        add(all, "abc", "-a-b-c-", new Conversion.Replaced(Written.regex("x*"), text("-"), true));
        add(all, "aBc", "abc", Plain.LOWER_CASE);
        add(all, "aBc\u00e9", "ABC\u00e9", Plain.UPPER_CASE);
        add(all, "a\u00e9", "2", Plain.LENGTH);
        add(all, "b", "abc", new Conversion.Enclosed(text("a"), text("c")));
    }

    private static void addNumbers(List<Arguments> all) {
        add(all, "7", "12", new Conversion.Computed(Operator.ADD, text("5")));
        add(all, "12abc", "13", new Conversion.Computed(Operator.ADD, text("1")));
        add(all, "abc", "1", new Conversion.Computed(Operator.ADD, text("1")));
        add(all, "7", "none", new Conversion.Computed(Operator.ADD, text("$arg_missing")));
        add(all, "7", "-2", new Conversion.Computed(Operator.SUBTRACT, text("9")));
        add(all, "7", "42", new Conversion.Computed(Operator.MULTIPLY, text("6")));
        add(all, "-7", "-3", new Conversion.Computed(Operator.DIVIDE, text("2")));
        add(all, "-7", "-1", new Conversion.Computed(Operator.REMAINDER, text("2")));
        add(all, "7", "9223372036854775807", new Conversion.Computed(Operator.DIVIDE, text("0")));
        add(all, "7", "0", new Conversion.Computed(Operator.REMAINDER, text("0")));
        add(all, "9223372036854775807", "9223372036854775807", new Conversion.Computed(Operator.ADD, text("1")));
        add(all, "-9223372036854775807", "-9223372036854775808", new Conversion.Computed(Operator.SUBTRACT, text("5")));
        add(all, "9223372036854775807", "-9223372036854775808", new Conversion.Computed(Operator.MULTIPLY, text("-2")));
        add(all, "7", "3", new Conversion.Computed(Operator.AND, text("3")));
        add(all, "7", "15", new Conversion.Computed(Operator.OR, text("8")));
        add(all, "7", "5", new Conversion.Computed(Operator.XOR, text("2")));
        add(all, "7", "0", Plain.EVEN);
        add(all, "7", "1", Plain.ODD);
        add(all, "7", "1", Plain.TO_BOOLEAN);
        add(all, "0", "1", Plain.NOT);
        add(all, "7", "-7", Plain.NEGATED);
        add(all, "7", "-8", Plain.COMPLEMENT);
        add(all, "1f", "31", Plain.HEX_TO_NUMBER);
        add(all, "1fz", "none", Plain.HEX_TO_NUMBER);
        add(all, "1", "yes", new Conversion.Chosen(text("yes"), text("no")));
        add(all, "x", "no", new Conversion.Chosen(text("yes"), text("no")));
        add(all, "g", "0", new Conversion.Compared(text("g")));
        add(all, "f", "-1", new Conversion.Compared(text("g")));
        add(all, "f", "none", new Conversion.Compared(text("$arg_missing")));
    }

    private static void addCodes(List<Arguments> all) {
        add(all, "a%20b+c?d+e", "a b+c?d e", Plain.DECODE_PATH);
        add(all, "a%20b+c?d+e", "a b c?d e", Plain.DECODE_QUERY);
        add(all, "a%2", "none", Plain.DECODE_PATH);
        add(all, "a b~c-d_e.f/g?h", "a%20b~c-d_e.f%2Fg%3Fh", Plain.ENCODE_URL);
        add(all, PIECES, "ZjFfZjJfZjNfX2Y1", Plain.ENCODE_BASE64);
        add(all, "aGVsbG8=", "hello", Plain.DECODE_BASE64);
        add(all, "ab", "none", new Conversion.Parameter("x", '&', false), Plain.DECODE_BASE64);
        add(all, "a~b~", "none", Plain.DECODE_BASE64);
        add(all, "aGVsbG8", "hello", Plain.DECODE_BASE64_URL);
        add(all, "a?~", "YT9-", Plain.ENCODE_BASE64_URL);
        add(all, PIECES, "66315F66325F66335F5F6635", Plain.ENCODE_HEX);
        add(all, "6a4B", "jK", Plain.DECODE_HEX);
        add(all, "6a4", "none", Plain.DECODE_HEX);
        add(all, "a\"b/c", "a\\\"b\\/c", new Conversion.JsonText(Conversion.JsonText.Invalid.LATIN));
        add(all, "a\tb", "a\\tb", new Conversion.JsonText(Conversion.JsonText.Invalid.LATIN));
        add(all, "\u00c3\u00a9", "\\u00c3\\u00a9", new Conversion.JsonText(Conversion.JsonText.Invalid.LATIN));
        add(all, "\u00c3\u00a9", "\\u00e9", new Conversion.JsonText(Conversion.JsonText.Invalid.FAILS));
        add(all, "\u00e9", "none", new Conversion.JsonText(Conversion.JsonText.Invalid.FAILS));
        add(all, "a\u00e9", "a", new Conversion.JsonText(Conversion.JsonText.Invalid.DROPPED));
        add(all, JSON, "x\u00c3\u00a9", new Conversion.JsonValue("$.a.b[1]"));
        add(all, JSON, "1", new Conversion.JsonValue("$.a.b[2]"));
        add(all, JSON, "-1.5", new Conversion.JsonValue("$.n"));
        add(all, JSON, "none", new Conversion.JsonValue("$.a.b[3]"));
        add(all, JSON, "none", new Conversion.JsonValue("$.a.b[4]"));
        add(all, JSON, "none", new Conversion.JsonValue("$.a"));
        add(all, JSON, "none", new Conversion.JsonValue("$.b"));
        add(all, "{\"a\":[[[1]", "none", new Conversion.JsonValue("$.b"));
    }

    private static void addHashes(List<Arguments> all) {
        add(all, PIECES, "2314937220", new Conversion.Hashed(Hash.CRC32, false, 0));
        add(all, PIECES, "29588537", new Conversion.Hashed(Hash.CRC32, true, 0));
        add(all, PIECES, "73109442", new Conversion.Hashed(Hash.CRC32C, false, 0));
        add(all, PIECES, "4048582436", new Conversion.Hashed(Hash.DJB2, false, 0));
        add(all, PIECES, "3150206352", new Conversion.Hashed(Hash.DJB2, true, 0));
        add(all, PIECES, "3960327707", new Conversion.Hashed(Hash.SDBM, false, 0));
        add(all, PIECES, "866989398", new Conversion.Hashed(Hash.WT6, false, 0));
        add(all, PIECES, "3291781923", new Conversion.Hashed(Hash.WT6, true, 0));
        add(all, PIECES, "476544180", new Conversion.Hashed(Hash.XXH32, false, 0));
        add(all, PIECES, "4258084321", new Conversion.Hashed(Hash.XXH32, false, 7));
        add(all, PIECES, "-3246104184413523931", new Conversion.Hashed(Hash.XXH64, false, 0));
        add(all, "abcd", "-2449070131962342708", new Conversion.Hashed(Hash.XXH64, false, 0));
        add(all, LONG, "-3343305813756036777", new Conversion.Hashed(Hash.XXH64, false, 0));
        add(all, LONG, "2744091571", new Conversion.Hashed(Hash.XXH32, false, 0));
        add(
                all,
                PIECES,
                "2C098E674303F9A8F03EF5C568E43BCF4C56C1EB",
                new Conversion.Digested(Digest.SHA1),
                Plain.ENCODE_HEX);
        add(all, PIECES, "C821B612EC9AC6565C3C99B62B14C49C", new Conversion.Digested(Digest.MD5), Plain.ENCODE_HEX);
        add(
                all,
                "hello",
                "88AAB3EDE8D3ADF94D26AB90D3BAFD4A2083070C3BCCE9C014EE04A443847C0B",
                new Conversion.Authenticated(Digest.SHA256, text("c2VjcmV0")),
                Plain.ENCODE_HEX);
        add(all, "hello", "none", new Conversion.Authenticated(Digest.SHA256, text("~")), Plain.ENCODE_HEX);
    }

    private static void addOthers(List<Arguments> all) {
        add(all, "20.5.6.7", "20.0.0.0", new Conversion.Masked(8, 32));
        add(all, "2001:db8:1:2::5", "2001:db8::", new Conversion.Masked(24, 32));
        add(all, "x", "none", new Conversion.Masked(24, 32));
        add(all, "fr;q=0.5,de,en;q=0.9", "en", new Conversion.Language(List.of("en", "fr"), Optional.empty()));
        add(all, "fr;q=0.5,en;q=0.5", "fr", new Conversion.Language(List.of("en", "fr"), Optional.empty()));
        add(all, "xx", "es", new Conversion.Language(List.of("en"), Optional.of("es")));
        add(all, "*", "none", new Conversion.Language(List.of("en"), Optional.empty()));
        add(
                all,
                "1700000000",
                "2023-11-14T22:13:20",
                new Conversion.Formatted("%Y-%m-%dT%H:%M:%S", true, Duration.ZERO));
        add(
                all,
                "1700000000",
                "Tue Nov 14 318 23 1700000000 10 PM %q %",
                new Conversion.Formatted("%a %b %e %j %y %s %I %p %q %%", true, Duration.ZERO));
        add(all, "1700000000", "Tue, 14 Nov 2023 22:13:30 GMT", new Conversion.HttpDate(Duration.ofSeconds(10), 0));
        add(all, "x", "x", new Conversion.OrElse(text("other")));
        add(all, "x=1", "other", new Conversion.Parameter("y", '&', false), new Conversion.OrElse(text("other")));
        add(
                all,
                "x",
                "x x",
                new Conversion.Stored(Written.custom("stored")),
                new Conversion.Enclosed(text("$stored "), text("")));
        add(all, "/img/x", "static", mapped(new TextMap.Match.Texts(TextSet.How.PREFIX, false), "none"));
        add(all, "/x", "app", mapped(new TextMap.Match.Texts(TextSet.How.PREFIX, false), "none"));
        add(all, "x", "else", mapped(new TextMap.Match.Texts(TextSet.How.EXACT, false), "else"));
        add(all, "4", "few", mapped(new TextMap.Match.Numbers(), "none"));
        add(all, "7", "seven", mapped(new TextMap.Match.Numbers(), "none"));
        add(all, "99", "none", mapped(new TextMap.Match.Numbers(), "none"));
        add(all, "10.1.2.3", "inner", mapped(new TextMap.Match.Networks(), "none"));
        add(all, "10.2.2.3", "outer", mapped(new TextMap.Match.Networks(), "none"));
        add(all, "x", "none", mapped(new TextMap.Match.Networks(), "none"));
        add(all, "user-12", "12 of user", mapped(new TextMap.Match.Expressions(false, true), "none"));
    }

    private static Conversion mapped(TextMap.Match match, String otherwise) {
        List<TextMap.Entry> entries = switch (match) {
            case TextMap.Match.Texts texts ->
                List.of(new TextMap.Entry("/", "app"), new TextMap.Entry("/img", "static"));
            case TextMap.Match.Numbers numbers ->
                List.of(new TextMap.Entry("1:9", "few"), new TextMap.Entry("7", "seven"));
            case TextMap.Match.Networks networks ->
                List.of(new TextMap.Entry("10.0.0.0/8", "outer"), new TextMap.Entry("10.1.255.255/16", "inner"));
            case TextMap.Match.Expressions expressions ->
                List.of(new TextMap.Entry("^a$", "a"), new TextMap.Entry("^(\\w+)-(\\d+)$", "\\2 of \\1"));
        };
        return new Conversion.Mapped(
                new TextMap("map", match, entries, Written.HERE),
                otherwise.equals("none") ? Optional.empty() : Optional.of(otherwise));
    }

    /// What a variable is, and `none` where it has no value.
    private static String shown(Variable variable, String... fields) {
        TestHost host = TestHost.named("a.example")
                .rule(new Rule.When(
                        new Condition.Present(variable),
                        List.of(
                                new Rule.Assign(
                                        Written.custom("shown"), Template.of(variable, Written.HERE), Written.HERE),
                                answer(200, "$shown")),
                        Optional.empty(),
                        Written.HERE))
                .at("/", answer(200, "none"));
        try (TestServer server = host.serve()) {
            return Asked.get(server, "/", fields).body();
        }
    }

    @ParameterizedTest(name = "{0} by {1} is {2}")
    @MethodSource("conversions")
    void aTextBecomesAnother(String from, List<Conversion> how, String to) {
        Variable variable = new Variable.RequestHeader("x-text");
        for (Conversion conversion : how) {
            variable = new Variable.Converted(variable, conversion);
        }
        assertThat(shown(variable, "X-Text: " + from)).isEqualTo(to);
    }

    static Stream<Arguments> parts() {
        return Stream.of(
                Arguments.of(new Variable.FieldMember(Side.REQUEST, "x-list", 1), "a"),
                Arguments.of(new Variable.FieldMember(Side.REQUEST, "x-list", 3), "c"),
                Arguments.of(new Variable.FieldMember(Side.REQUEST, "x-list", -1), "c"),
                Arguments.of(new Variable.FieldMember(Side.REQUEST, "x-list", -3), "a"),
                Arguments.of(new Variable.FieldMember(Side.REQUEST, "x-list", -4), "none"),
                Arguments.of(new Variable.FieldMember(Side.REQUEST, "x-list", 4), "none"),
                Arguments.of(new Variable.FieldLine(Side.REQUEST, "x-list", 1), "a , b"),
                Arguments.of(new Variable.FieldLine(Side.REQUEST, "x-list", -1), "c"),
                Arguments.of(new Variable.FieldLine(Side.REQUEST, "x-list", 3), "none"),
                Arguments.of(new Variable.FieldCount(Side.REQUEST, "x-list", true), "3"),
                Arguments.of(new Variable.FieldCount(Side.REQUEST, "x-list", false), "2"),
                Arguments.of(new Variable.FieldCount(Side.REQUEST, "", false), "4"),
                Arguments.of(new Variable.FieldCount(Side.REQUEST, "x-none", true), "0"),
                Arguments.of(new Variable.FieldNames(Side.REQUEST, "|"), "host|x-list|a|x-list"),
                Arguments.of(new Variable.FieldLine(Side.RESPONSE, "x-list", 1), "none"),
                Arguments.of(new Variable.Composed(Written.of("<", new Variable.QueryArgument("no"), ">")), "<>"),
                Arguments.of(new Variable.Answer(new Condition.Always(true)), "1"));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("parts")
    void aRequestHasParts(Variable variable, String expected) {
        assertThat(shown(variable, "X-List: a , b", "A: b", "X-List: c")).isEqualTo(expected);
    }

    @Test
    void whatCannotBeCompiledKeepsThePlanFromRunning() {
        Variable text = new Variable.RequestHeader("x");
        assertThatThrownBy(() -> shown(new Variable.Converted(text, new Conversion.JsonValue("a.b"))))
                .hasMessageContaining("is not a path");
        TextMap map = new TextMap(
                "numbers.map", new TextMap.Match.Numbers(), List.of(new TextMap.Entry("x", "1")), Written.HERE);
        assertThatThrownBy(() -> shown(new Variable.Converted(text, new Conversion.Mapped(map, Optional.empty()))))
                .hasMessageContaining("\"x\" in numbers.map is no number");
    }
}
