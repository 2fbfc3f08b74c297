package dev.fairlead.conformance.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.cases.CaseFile;
import dev.fairlead.conformance.cases.Group;
import dev.fairlead.conformance.cases.Names;
import dev.fairlead.conformance.cases.Site;
import dev.fairlead.conformance.cases.Upstreams;
import dev.fairlead.dialect.nginx.Compiled;
import dev.fairlead.dialect.nginx.NginxDialect;
import dev.fairlead.dialect.nginx.NginxOptions;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.generation.EngineOptions;
import dev.fairlead.model.plan.Linker;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.source.Problems;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import dev.fairlead.testkit.WireFormatError;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The cases of the comparison with nginx, but with one more server in front of theirs that passes everything on:
/// with and without sockets between the two, clients and upstreams get the same bytes. `-Dgroup=NAME` as there.
class LinkedCasesTest {
    private static final String FRONT = """
            server {
                listen 127.0.0.1:%FRONT%;
                client_max_body_size 0;
                large_client_header_buffers 8 32k;
                ignore_invalid_headers off;
                location / {
                    proxy_pass http://127.0.0.1:%PORT%;
                    proxy_http_version 1.1;
                    proxy_request_buffering off;
                    proxy_buffer_size 32k;
                    proxy_buffers 8 32k;
                    proxy_set_header Host $http_host;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection $http_connection;
                    proxy_pass_header Server;
                    proxy_ignore_headers X-Accel-Redirect X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset;
                }
            }
            """;

    /// How often a group in which something differs runs again before that counts: its limits are fractions of a
    /// second, which a busy machine may miss.
    private static final int AGAIN = 2;

    @TempDir
    static Path scratch;

    @TestFactory
    Stream<DynamicNode> linkedAndNotLinkedAreEqual() throws IOException {
        try (Stream<Path> files = Files.list(NginxDifferentialTest.CASES)) {
            return files
                    .filter(file -> file.toString().endsWith(".cases"))
                    .filter(file -> String.valueOf(file.getFileName()).contains(System.getProperty("group", "")))
                    .sorted()
                    .map(CaseFile::read)
                    .filter(group -> !group.config().contains("%KEYS%"))
                    .map(LinkedCasesTest::container)
                    .toList()
                    .stream();
        }
    }

    private static DynamicNode container(Group group) {
        Map<Boolean, Map<Group.Case, String>> told = new LinkedHashMap<>();
        Stream<DynamicTest> run = Stream.of(DynamicTest.dynamicTest("(both run)", () -> runBoth(group, told)));
        Stream<DynamicTest> cases = group.cases().stream()
                .filter(LinkedCasesTest::isComparable)
                .map(test -> DynamicTest.dynamicTest(
                        test.name(),
                        () -> assertThat(told.getOrDefault(true, Map.of()).get(test))
                                .as(test.steps().toString())
                                .isNotNull()
                                .isEqualTo(told.getOrDefault(false, Map.of()).get(test))));
        return DynamicContainer.dynamicContainer(group.name(), Stream.concat(run, cases));
    }

    private static void runBoth(Group group, Map<Boolean, Map<Group.Case, String>> told) throws IOException {
        Path root = Files.createDirectories(scratch.resolve(group.name())).resolve("site");
        Site.lay(root, group.files());
        try (Upstreams upstreams = new Upstreams(group.replies())) {
            Run run = new Run(group, root, upstreams);
            for (int runs = 0;
                    runs <= AGAIN && !told.getOrDefault(false, Map.of()).equals(told.get(true));
                    runs++) {
                told.put(false, run.told(false));
                told.put(true, run.told(true));
            }
        }
    }

    /// Not those over TLS, those that ask another port, those whose answers differ each time.
    private static boolean isComparable(Group.Case test) {
        return Stream.of("tls", "port", "mask").noneMatch(test.options()::containsKey);
    }

    /// A group's way through one engine after the other, with the same ports.
    private static final class Run {
        private final Group group;
        private final Path folder;
        private final Upstreams upstreams;
        private final Names names;

        Run(Group group, Path root, Upstreams upstreams) throws IOException {
            this.group = group;
            this.folder = Files.createDirectories(scratch.resolve(group.name()).resolve("logs"));
            this.upstreams = upstreams;
            this.names = Names.ofPorts(3)
                    .port("%FRONT%")
                    .upstreams(upstreams.ports())
                    .folder("%LOGS%", folder)
                    .folder("%ROOT%", root);
        }

        Map<Group.Case, String> told(boolean isLinked) throws IOException {
            Map<Group.Case, String> told = new LinkedHashMap<>();
            try (Engine engine = Engine.start(
                    plan(isLinked), EngineOptions.of(Clock.system()).loops(1))) {
                assertThat(engine.status().hops()).hasSize(isLinked ? 1 : 0);
                for (Group.Case test : group.cases()) {
                    if (isComparable(test)) {
                        told.put(test, told(test));
                    }
                }
            }
            return told;
        }

        private Plan plan(boolean isLinked) throws IOException {
            Path file = folder.resolve("server.conf");
            Files.writeString(
                    file,
                    "events { }\nhttp {\naccess_log off;\n" + names.specialised(group.config() + FRONT) + "\n}\n",
                    StandardCharsets.ISO_8859_1);
            Compiled compiled = NginxDialect.compile(
                    file,
                    NginxOptions.debian()
                            .withPrefix(folder.toString())
                            .withDefaults(Optional.empty(), folder + "/error.log", Optional.empty()));
            Plan plan = compiled.plan().orElseThrow(() -> new AssertionError(compiled.errors()));
            return isLinked ? onlyFromFront(Linker.link(plan, new Problems())) : plan;
        }

        /// Cases that forward to their own server see its port, so those hops stay as they are.
        private Plan onlyFromFront(Plan plan) {
            return plan.withLinks(List.of(plan.links().getLast()));
        }

        private String told(Group.Case test) {
            upstreams.takeSeen();
            List<Wire> open = new ArrayList<>();
            StringBuilder told = new StringBuilder();
            try {
                List<List<String>> awaited = new ArrayList<>();
                for (Group.Step step : test.steps()) {
                    if (step.connection() != Group.Connection.MEANWHILE) {
                        read(open, awaited, told);
                    }
                    if (step.connection() == Group.Connection.SAME) {
                        awaited.set(awaited.size() - 1, new ArrayList<>(step.methods()));
                    } else {
                        open.add(Wire.connect(names.number("%FRONT%")).patience(Duration.ofSeconds(60)));
                        awaited.add(new ArrayList<>(step.methods()));
                    }
                    open.getLast().sendRaw(names.specialised(step.request()));
                    if (test.options().containsKey("finish")) {
                        open.getLast().finish();
                    }
                }
                read(open, awaited, told);
                open.forEach(wire -> told.append(new String(wire.received(), StandardCharsets.ISO_8859_1)));
            } finally {
                open.forEach(Wire::close);
            }
            int count = Integer.parseInt(test.options().getOrDefault("seen", "0"));
            List<String> seen = new ArrayList<>(upstreams.takeSeen(count));
            seen.sort(Comparator.naturalOrder());
            return neutral(told + "\nupstreams saw " + seen);
        }

        private static void read(List<Wire> open, List<List<String>> awaited, StringBuilder told) {
            for (int i = 0; i < open.size(); i++) {
                for (String method : awaited.get(i)) {
                    told.append(reply(open.get(i), method)).append('\n');
                }
                awaited.set(i, List.of());
            }
        }

        private static String reply(Wire wire, String method) {
            try {
                return wire.tryReply(method).map(Reply::statusLine).orElse("closed");
            } catch (WireFormatError notHttp) {
                return "not HTTP";
            }
        }

        /// Without what may differ between two runs: times, boundaries, and where a long body was cut into chunks.
        private static String neutral(String text) {
            return text.replaceAll("(Date|Expires): [^\r\n]*", "$1: then")
                    .replaceAll("\\d{20}", "BOUNDARY")
                    .replaceAll("\r\n[0-9a-f]{1,6}\r\n", "");
        }
    }
}
