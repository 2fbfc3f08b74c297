package dev.fairlead.engine.text;

import static dev.fairlead.engine.route.Written.HERE;
import static dev.fairlead.engine.route.Written.regex;
import static dev.fairlead.engine.route.Written.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.engine.route.Asked;
import dev.fairlead.engine.route.TestHost;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LookupsTest {
    private static Rule answering(LookupTable table) {
        return new Rule.Answer(200, Optional.of(Template.of(new Variable.Lookup(table), HERE)), HERE);
    }

    private static String ask(LookupTable table, String value) {
        try (TestServer server = TestHost.named("a").at("/", answering(table)).serve()) {
            return Asked.get(server, "/?v=" + value).body();
        }
    }

    private static LookupTable byText(boolean hostnames) {
        return new LookupTable.ByText(
                "t",
                text("$arg_v"),
                Map.of("one", text("1"), "", text("empty"), "www.example.org", text("exact")),
                hostnames ? Map.of(".example.org", text("leading"), ".b.example.org", text("longer")) : Map.of(),
                hostnames ? Map.of("www.example.", text("trailing")) : Map.of(),
                List.of(
                        new LookupTable.RegexEntry(regex("^x(.)"), text("x-$1")),
                        new LookupTable.RegexEntry(regex("^xy"), text("never"))),
                Optional.of(text("otherwise")),
                hostnames,
                false,
                HERE);
    }

    @Test
    void exactKeysComeBeforeExpressionsAndTheDefault() {
        assertThat(ask(byText(false), "one")).isEqualTo("1");
        assertThat(ask(byText(false), "ONE")).isEqualTo("1");
        assertThat(ask(byText(false), "")).isEqualTo("empty");
        assertThat(ask(byText(false), "xy")).isEqualTo("x-y");
        assertThat(ask(byText(false), "two")).isEqualTo("otherwise");
    }

    @Test
    void hostNamesHaveWildcards() {
        assertThat(ask(byText(true), "www.example.org")).isEqualTo("exact");
        assertThat(ask(byText(true), "www.example.org.")).isEqualTo("exact");
        assertThat(ask(byText(true), "a.example.org")).isEqualTo("leading");
        assertThat(ask(byText(true), "a.b.example.org")).isEqualTo("longer");
        assertThat(ask(byText(true), "www.example.de")).isEqualTo("trailing");
        assertThat(ask(byText(true), "example.org")).isEqualTo("otherwise");
    }

    @Test
    void theMostSpecificBlockDecides() {
        LookupTable table = new LookupTable.ByAddress(
                "g",
                text("$arg_v"),
                Map.of(
                        new AddressRange.Block(new byte[] {10, 0, 0, 0}, 8), "ten",
                        new AddressRange.Block(new byte[] {10, 1, 0, 0}, 16), "ten one",
                        new AddressRange.Block(new byte[] {10, 1, 2, 3}, 32), "host"),
                "otherwise",
                List.of(),
                false,
                HERE);
        assertThat(ask(table, "10.9.9.9")).isEqualTo("ten");
        assertThat(ask(table, "10.1.9.9")).isEqualTo("ten one");
        assertThat(ask(table, "10.1.2.3")).isEqualTo("host");
        assertThat(ask(table, "::ffff:10.1.2.3")).isEqualTo("host");
        assertThat(ask(table, "11.0.0.1")).isEqualTo("otherwise");
        assertThat(ask(table, "junk")).isEqualTo("otherwise");
    }

    @Test
    void sharesDivideByHash() {
        LookupTable table = new LookupTable.ByShare(
                "s",
                text("$arg_v"),
                List.of(
                        new LookupTable.Share(Optional.of(5000), text("low")),
                        new LookupTable.Share(Optional.empty(), text("high"))),
                HERE);
        // The hashes of the two are 324500635 and 2456313694.
        assertThat(ask(table, "abc")).isEqualTo("low");
        assertThat(ask(table, "a")).isEqualTo("high");
    }
}
