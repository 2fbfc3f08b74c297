package dev.fairlead.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fairlead.cli.lint.CheckRun.Format;
import dev.fairlead.cli.lint.CheckRun.Names;
import dev.fairlead.cli.stack.Sources;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import dev.fairlead.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What SARIF 2.1.0 demands of a log holds for ours: the members that have to be there, what they may be, and
/// numbers that count from 1.
class SarifTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void everythingThatTheSchemaRequiresIsThere() throws IOException {
        Path site = Files.createDirectories(folder.resolve("a site")).resolve("ä.conf");
        Files.writeString(site, """
                server {
                    listen 80;
                    location /x { alias /srv/x/; }
                    location /socket.io/ { proxy_pass http://127.0.0.1:9; }
                }
                """);
        Files.writeString(
                folder.resolve("app.service"), "[Service]\nPrivateTmp=yes\nExecStart=/bin/echo /tmp/app.sock\n");
        List<Object> results = checked(said());
        assertThat(results).hasSizeGreaterThan(3);
        assertThat(results.stream().filter(result -> map(result).containsKey("fixes")))
                .hasSizeGreaterThan(1);
    }

    @Test
    void errorsAndWhatHasNoPlaceAreResultsToo() throws IOException {
        Files.writeString(folder.resolve("site.conf"), "server {\n    lisen 80;\n}\n");
        assertThat(checked(said())).hasSize(1);
        Diagnostic nowhere = Diagnostic.error("stack.layout", Span.builtIn(), "nothing \"here\"\n");
        assertThat(checked(Report.sarif(List.of(nowhere), folder))).hasSize(1);
        assertThat(checked(Report.sarif(List.of(), folder))).isEmpty();
    }

    @Test
    void filesAreNamedFromTheFolderOneIsIn() {
        SourceFile file =
                new SourceFile(folder.resolve("etc/nginx/my site.conf").toString(), "lisen");
        List<Diagnostic> problems = List.of(Diagnostic.error("nginx.unknown-directive", file.span(0, 5), "unknown"));
        assertThat(Report.sarif(problems, folder)).contains("\"uri\" : \"etc/nginx/my%20site.conf\"");
        assertThat(Report.sarif(problems, folder.resolve("elsewhere"))).contains("\"uri\" : \"file:///");
    }

    /// The line that loses others stands in an included file, and they are repeated in the block that includes it.
    @Test
    void aFixNamesTheFileThatItChanges() throws IOException {
        Path site = Files.writeString(folder.resolve("site.conf"), """
                server {
                    listen 80;
                    add_header X-A 1;
                    location / {
                        include %s;
                    }
                }
                """.formatted(
                        Files.writeString(folder.resolve("headers.inc"), "add_header X-B 2;\n")));
        String said = said();
        checked(said);
        assertThat(said.substring(said.indexOf("artifactChanges")))
                .contains(site.toUri().toString());
    }

    private String said() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        new CheckRun(new StackReader(Sources.of(folder), PortMap.NONE), Names.LEFT, Clock.system(), out, out)
                .show(Format.SARIF);
        return said.toString(StandardCharsets.UTF_8);
    }

    /// @return the results of the only run
    private static List<Object> checked(String text) throws IOException {
        Map<String, Object> log = map(parsed(text));
        assertThat(log).containsEntry("version", "2.1.0");
        List<Object> runs = list(log, "runs");
        assertThat(runs).hasSize(1);
        Map<String, Object> run = map(runs.getFirst());
        assertThat(run).containsEntry("columnKind", "utf16CodeUnits");
        Map<String, Object> driver = in(in(run, "tool"), "driver");
        assertThat(driver.get("name")).asString().isNotEmpty();
        List<Object> rules =
                list(driver, "rules").stream().map(rule -> map(rule).get("id")).toList();
        assertThat(rules)
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).asString().isNotEmpty());
        List<Object> results = list(run, "results");
        results.forEach(result -> check(map(result), rules));
        return results;
    }

    private static void check(Map<String, Object> result, List<Object> rules) {
        assertThat(in(result, "message").get("text")).asString().isNotEmpty();
        assertThat(result.get("level")).isIn("none", "note", "warning", "error");
        assertThat(rules).contains(result.get("ruleId"));
        assertThat(rules.indexOf(result.get("ruleId")))
                .isEqualTo(((Number) Objects.requireNonNull(result.get("ruleIndex"))).intValue());
        if (result.containsKey("locations")) {
            for (Object location : list(result, "locations")) {
                Map<String, Object> place = in(map(location), "physicalLocation");
                artifact(place);
                region(in(place, "region"));
            }
        }
        if (result.containsKey("fixes")) {
            for (Object fix : list(result, "fixes")) {
                List<Object> changes = list(map(fix), "artifactChanges");
                assertThat(changes).isNotEmpty();
                changes.forEach(change -> change(map(change)));
            }
        }
    }

    private static void change(Map<String, Object> change) {
        artifact(change);
        List<Object> replacements = list(change, "replacements");
        assertThat(replacements).isNotEmpty();
        for (Object replacement : replacements) {
            region(in(map(replacement), "deletedRegion"));
            assertThat(in(map(replacement), "insertedContent")).containsKey("text");
        }
    }

    private static void artifact(Map<String, Object> place) {
        String uri = String.valueOf(in(place, "artifactLocation").get("uri"));
        assertThat(URI.create(uri).toASCIIString()).isNotEmpty();
        assertThat(uri).doesNotContain(" ");
    }

    private static void region(Map<String, Object> region) {
        assertThat(region.keySet()).isEqualTo(Set.of("startLine", "startColumn", "endLine", "endColumn"));
        assertThat(region.values())
                .allSatisfy(number -> assertThat((Integer) number).isPositive());
    }

    private static List<Object> list(Map<String, Object> of, String name) {
        assertThat(of.get(name)).as(name).isInstanceOf(List.class);
        return new ArrayList<>((List<?>) Objects.requireNonNull(of.get(name)));
    }

    private static Map<String, Object> in(Map<String, Object> of, String name) {
        assertThat(of).containsKey(name);
        return map(Objects.requireNonNull(of.get(name)));
    }

    private static Map<String, Object> map(Object value) {
        assertThat(value).isInstanceOf(Map.class);
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((name, member) -> map.put((String) name, member));
        return map;
    }

    private static Object parsed(String text) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            parser.nextToken();
            return value(parser);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> members = new LinkedHashMap<>();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                members.put(name, value(parser));
            }
            return members;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(parser));
            }
            return items;
        }
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : parser.getText();
    }
}
