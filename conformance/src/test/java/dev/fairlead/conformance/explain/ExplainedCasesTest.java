package dev.fairlead.conformance.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.explain.Asked;
import dev.fairlead.cli.explain.Explanation;
import dev.fairlead.conformance.cases.CaseFile;
import dev.fairlead.conformance.cases.CaseRun;
import dev.fairlead.conformance.cases.Group;
import dev.fairlead.conformance.cases.Site;
import dev.fairlead.conformance.cases.Upstreams;
import dev.fairlead.model.plan.PortMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `fairlead explain` says of a request is what the request gets: the cases that are compared with other
/// programs, explained first and then sent to the same engine.
class ExplainedCasesTest {
    private static final Path CASES = Path.of("src/test/resources");
    private static final Pattern END = Pattern.compile("\"end\" : \\{([^}]*)}");
    private static final Pattern LOCATION = Pattern.compile("\"text\" : \"Location: ([^\"]*)\"");
    private static final Pattern ASKED = Pattern.compile("\"text\" : \"asks http://[^/\"]*(/[^\"]*)\"");

    private static final Pattern UPSTREAM = Pattern.compile("\"server\" : \"(?:127\\.0\\.0\\.1:%(UP\\d)%)?");

    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nginx/location-nested",
                "nginx/location-precedence",
                "nginx/errors-tryfiles",
                "nginx/rewrite",
                "nginx/static",
                "nginx/servers",
                "nginx/access",
                "nginx/proxy-uri",
                "nginx/headers-gzip",
                "nginx/proxy",
                "nginx/variables",
                "nginx/realip-logs",
                "nginx/balancing",
                "haproxy/answers",
                "haproxy/auth",
                "haproxy/proxy",
                "haproxy/routing",
                "haproxy/rules",
                "haproxy/samples",
                "haproxy/syntax",
                "pound/answers",
                "pound/routing"
            })
    void theAnswerIsWhatWasExplained(String name) throws IOException {
        Group group = CaseFile.read(CASES.resolve(name + ".cases"));
        Path root = scratch.resolve("site");
        Site.lay(root, group.files());
        List<String> wrong = new ArrayList<>();
        int explained = 0;
        try (Upstreams upstreams = new Upstreams(group.replies());
                InProcess server = new InProcess(
                        name.split("/", 2)[0], scratch.resolve("server"), root, group.config(), upstreams)) {
            for (Group.Case test : group.cases()) {
                Optional<Asked> asked = asked(test, server);
                if (asked.isEmpty()) {
                    continue;
                }
                String told = Explanation.of(
                                asked.get(), server.stack(), PortMap.NONE, server.engine()::explainer, true)
                        .text();
                Group one = new Group(group.name(), "", Map.of(), Map.of(), List.of(test));
                CaseRun.outcomes(one, server, upstreams)
                        .forEach((sent, result) -> compare(test.name(), told, result, server, wrong));
                explained++;
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(explained).isGreaterThan(group.cases().size() / 2);
    }

    /// The request of a case that is one request; empty for others.
    private static Optional<Asked> asked(Group.Case test, InProcess server) {
        boolean isPlain = test.steps().size() == 1
                && test.steps().getFirst().methods().size() == 1
                && !test.options().containsKey("tls");
        String[] lines = server.specialised(test.steps().getFirst().request())
                .split("\r\n\r\n", 2)[0]
                .split("\r\n");
        String[] first = lines[0].split(" ");
        if (!isPlain
                || first.length != 3
                || !first[1].startsWith("/")
                || first[1].contains("#")
                || !first[2].equals("HTTP/1.1")
                || isChunked(lines)) {
            return Optional.empty();
        }
        int port = server.port(Integer.parseInt(test.options().getOrDefault("port", "1")));
        List<String> fields = List.of(lines).subList(1, lines.length);
        if (fields.stream().noneMatch(field -> field.toLowerCase(Locale.ROOT).startsWith("host:"))) {
            return Optional.empty();
        }
        String target = new String(first[1].getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return Asked.of(first[0], "http://127.0.0.1:" + port + target, fields, "127.0.0.1");
    }

    private static boolean isChunked(String[] lines) {
        return Stream.of(lines).anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("transfer-encoding"));
    }

    private static void compare(String name, String told, CaseRun.Result result, InProcess server, List<String> wrong) {
        if (!(result instanceof CaseRun.Result.Answered answered)) {
            wrong.add(name + ": " + result);
            return;
        }
        Map<String, String> seen = answered.outcome().aspects();
        String status = seen.getOrDefault("#1 status", "");
        String end = server.generalised(found(END, told));
        Matcher explained = Pattern.compile("\"status\" : (\\d+)").matcher(end);
        Matcher upstream = UPSTREAM.matcher(end);
        if (explained.find()) {
            boolean isSame = status.matches("HTTP/1.1 " + explained.group(1) + ".*|closed   000")
                    && seen.getOrDefault("upstream", "").isEmpty();
            String location = server.generalised(found(LOCATION, told));
            if (!isSame || !seen.getOrDefault("#1 header Location", "").equals(location)) {
                wrong.add(name + ": " + end + " " + location + " and got " + status + " "
                        + seen.getOrDefault("#1 header Location", ""));
            }
        } else if (upstream.find()) {
            String path = server.generalised(found(ASKED, told));
            String who = Objects.requireNonNullElse(upstream.group(1), "").toLowerCase(Locale.ROOT);
            String first = seen.getOrDefault("upstream", "").lines().findFirst().orElse("");
            boolean isSame = who.isEmpty()
                    ? !first.isEmpty() || status.startsWith("HTTP/1.1 50")
                    : first.startsWith(who + ": ") && first.contains(" " + path + " HTTP/");
            if (!isSame) {
                wrong.add(name + ": " + who + " " + path + " and got " + first + ", " + status);
            }
        } else if (!status.startsWith("closed")) {
            wrong.add(name + ": " + told.lines().limit(8).toList() + " and got " + status);
        }
    }

    private static String found(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1).strip() : "";
    }
}
