package dev.fairlead.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.cert.SelfSigned;
import dev.fairlead.cli.stack.Sources;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.testkit.Golden;
import dev.fairlead.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Cases: `? METHOD URL [IP]` asks, `+ NAME: VALUE` is a field of the request before, `! PATH NAME...`
/// makes a certificate for `shop.example` or the names given, `= PATH` begins a file.
class ExplainGoldenTest {
    private static final Path CASES = Path.of("src/test/resources/explain");

    @TempDir
    private Path folder = Path.of("");

    @TestFactory
    List<DynamicTest> waysAreToldWithTheirReasons() {
        return Golden.cases(CASES, ".case", ".expected", input -> {
            Path root = Files.createTempDirectory(folder, "case").toRealPath();
            StringBuilder out = new StringBuilder();
            for (Asked asked : read(input, root)) {
                out.append(out.isEmpty() ? "" : "\n").append(explained(root, asked, false));
            }
            return out.toString();
        });
    }

    @Test
    void programsGetKindsFilesAndLines() throws IOException {
        Path root = folder.toRealPath();
        Asked asked = read(CASES.resolve("files.case"), root).getFirst();
        assertThat(explained(root, asked, true))
                .contains("\"url\" : \"" + asked.url() + "\"")
                .contains("\"kind\" : \"location\"")
                .contains("\"file\" : \"/etc/nginx/conf.d/site.conf\"")
                .contains("\"line\" : 5");
    }

    @Test
    void programsAreToldWhereItEnds() throws IOException {
        Path root = folder.toRealPath();
        List<Asked> all = read(CASES.resolve("four-programs.case"), root);
        assertThat(explained(root, all.get(0), true)).contains("\"end\" : {\n    \"server\" : \"127.0.0.1:8081\"\n  }");
        assertThat(explained(root, all.get(1), true))
                .contains("\"end\" : {\n    \"status\" : 200,\n    \"file\" : \"/srv/www/static/site.css\"\n  }");
        assertThat(explained(root, all.get(2), true)).contains("\"end\" : { }");
    }

    @Test
    void theExitStatusSaysWhetherThereIsAnAnswer() throws IOException {
        Path root = folder.toRealPath();
        List<Asked> all = read(CASES.resolve("four-programs.case"), root);
        assertThat(status(root, all.get(0))).isZero();
        assertThat(status(root, all.getLast())).isZero();
        assertThat(status(root, all.get(2))).isEqualTo(1);
        Asked nobody = Asked.of("GET", "http://shop.example:81/", List.of(), "192.0.2.1")
                .orElseThrow();
        assertThat(status(root, nobody)).isEqualTo(1);
    }

    @Test
    void requestsOfOldClientsAreExplainedAsTheySendThem() throws IOException {
        Path root = folder.toRealPath();
        Asked asked = read(CASES.resolve("four-programs.case"), root).get(3);
        assertThat(new String(asked.old().head(), StandardCharsets.ISO_8859_1)).startsWith("GET /about HTTP/1.0\r\n");
        assertThat(explained(root, asked.old(), false)).contains("hop 3");
    }

    @Test
    void whatIsNoUrlIsRefused() {
        assertThat(Asked.of("GET", "ftp://a/", List.of(), "192.0.2.1")).isEmpty();
        assertThat(Asked.of("GET", "http://", List.of(), "192.0.2.1")).isEmpty();
        assertThat(Asked.of("GET", "a.example:8080/x y#z", List.of(), "192.0.2.1"))
                .hasValueSatisfying(asked -> {
                    assertThat(asked.port()).isEqualTo(8080);
                    assertThat(asked.target()).isEqualTo("/x%20y");
                });
    }

    private static int status(Path root, Asked asked) {
        StackReader reader = new StackReader(new Sources(List.of(root), Map.of(), Optional.of(root)), PortMap.NONE);
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new ExplainRun(nowhere, nowhere).show(reader, Clock.system(), asked, false);
    }

    private static String explained(Path root, Asked asked, boolean json) {
        StackReader reader = new StackReader(new Sources(List.of(root), Map.of(), Optional.of(root)), PortMap.NONE);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        new ExplainRun(out, out).show(reader, Clock.system(), asked, json);
        return said.toString(StandardCharsets.UTF_8).replace(root.toString(), "");
    }

    private static List<Asked> read(Path input, Path root) throws IOException {
        List<Asked> asked = new ArrayList<>();
        Path file = root;
        StringBuilder text = new StringBuilder();
        for (String line : Files.readAllLines(input)) {
            if (line.startsWith("? ")) {
                String[] words = line.substring(2).split(" ");
                String from = words.length > 2 ? words[2] : "192.0.2.1";
                asked.add(Asked.of(words[0], words[1], List.of(), from).orElseThrow());
            } else if (line.startsWith("+ ")) {
                Asked bare = asked.removeLast();
                List<String> fields = new ArrayList<>(bare.fields());
                fields.add(line.substring(2));
                asked.add(
                        Asked.of(bare.method(), bare.url(), fields, bare.from()).orElseThrow());
            } else if (line.startsWith("! ")) {
                List<String> words = List.of(line.substring(2).split(" "));
                Path certificate = root.resolve(words.getFirst());
                Files.createDirectories(certificate.getParent());
                List<String> names = words.size() > 1 ? words.subList(1, words.size()) : List.of("shop.example");
                new SelfSigned(names, SelfSigned.KeyKind.P256, 30).write(certificate, true);
            } else if (line.startsWith("= ")) {
                write(file, root, text);
                file = root.resolve(line.substring(2));
            } else {
                text.append(line).append('\n');
            }
        }
        write(file, root, text);
        return asked;
    }

    private static void write(Path file, Path root, StringBuilder text) throws IOException {
        if (!file.equals(root)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        text.setLength(0);
    }
}
