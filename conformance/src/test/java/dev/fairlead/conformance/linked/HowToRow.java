package dev.fairlead.conformance.linked;

import dev.fairlead.cli.explain.Asked;
import dev.fairlead.cli.explain.Explanation;
import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.cli.stack.Sources;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.conformance.Distribution;
import dev.fairlead.conformance.TrustingClient;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.generation.EngineOptions;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.source.Severity;
import dev.fairlead.testkit.Conversation;
import dev.fairlead.testkit.Header;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Placeholders;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.Received;
import dev.fairlead.testkit.Wire;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A folder that stands for a machine, run in this process with its ports moved, and the servers outside of it.
final class HowToRow implements AutoCloseable {
    private static final List<Integer> WRITTEN = List.of(80, 443, 8080);

    private static final String PEM = "examples/dataserver/etc/ssl/dataserver/site.pem";

    private final Path root;
    private final Map<String, String> words = new LinkedHashMap<>();
    private final Map<Integer, Integer> ports = new LinkedHashMap<>();
    private final Peer application = Peer.start(conversation -> talk(conversation, "application"));
    private final Peer pages = Peer.start(conversation -> talk(conversation, "pages"));
    private final CompiledStack written;
    private final Engine engine;

    private HowToRow(Path folder, Text text, boolean isLinked) throws IOException {
        root = Files.createDirectories(folder).toRealPath();
        words.put("%APP%", "" + application.port());
        words.put("%PAGES%", "" + pages.port());
        WRITTEN.forEach(port -> ports.put(port, Ports.free()));
        text.lay(root, words);
        Sources sources = new Sources(List.of(root), Map.of(), Optional.of(root));
        StackReader reader = new StackReader(sources, new PortMap(ports), isLinked, false);
        written = reader.written();
        if (written.isBroken()) {
            throw new AssertionError(written.complaints(Severity.WARNING));
        }
        engine = Engine.start(
                reader.read().plan().orElseThrow(),
                EngineOptions.of(Clock.system()).loops(1));
    }

    static HowToRow start(Path folder, Text text, boolean isLinked) throws IOException {
        return new HowToRow(folder, text, isLinked);
    }

    /// Tells what it got; for an upgrade it sends back what comes.
    private static void talk(Conversation conversation, String name) throws IOException {
        for (Optional<Received> next = conversation.request(); next.isPresent(); next = conversation.request()) {
            Received got = next.get();
            if (got.header("Upgrade").isPresent()) {
                conversation.say(
                        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
                for (int octet = conversation.read(); octet >= 0; octet = conversation.read()) {
                    conversation.say(new byte[] {(byte) octet});
                }
                return;
            }
            String body = "the " + name + " got " + shown(got);
            conversation.say("HTTP/1.1 200 OK\r\nServer: " + name + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                    + (got.method().equals("HEAD") ? "" : body));
        }
    }

    private static String shown(Received got) {
        String fields = got.headers().stream()
                .filter(field -> !field.name().equalsIgnoreCase("X-SSL-Cipher"))
                .map((Header field) -> field.name().toLowerCase(Locale.ROOT) + ": " + field.value() + "\n")
                .sorted()
                .collect(Collectors.joining());
        return got.requestLine() + "\n" + fields;
    }

    /// The request for another protocol that came last, as text.
    String lastUpgrade() {
        return Stream.of(application, pages)
                .flatMap(peer -> peer.requests().stream()
                        .filter(got -> got.header("Upgrade").isPresent())
                        .map(got -> "\n" + (peer == application ? "the application got " : "the pages got ")
                                + neutral(shown(got))))
                .reduce((before, last) -> last)
                .orElse("");
    }

    /// What `check` says before its rules are asked, and which hops need no socket.
    String remarks() {
        String said = Stream.concat(
                        written.diagnostics().stream()
                                .map(found -> found.span().fileAndLine() + " " + found.severity() + " " + found.rule()),
                        engine.status().hops().stream()
                                .map(hop -> hop.from() + " -> " + hop.to() + " -> " + hop.listener()))
                .collect(Collectors.joining("\n"));
        return neutral(said);
    }

    String explained(Question question) {
        Asked asked = Asked.of(question.method(), question.url(), question.fields(), "127.0.0.1")
                .orElseThrow();
        Explanation explanation = Explanation.of(asked, written, new PortMap(ports), engine::explainer, false);
        return neutral(explanation.text());
    }

    Wire connect(Question question) {
        int port = ports.getOrDefault(question.port(), question.port());
        return question.url().startsWith("https:")
                ? TrustingClient.connect(port)
                : Wire.connect(port).patience(Duration.ofSeconds(60));
    }

    /// Ports as they are written, and paths from the root.
    String neutral(String text) {
        String result = text.replace(root + "/", "");
        for (Map.Entry<String, String> word : words.entrySet()) {
            result = result.replaceAll("(?<!\\d)" + word.getValue() + "(?!\\d)", word.getKey());
        }
        for (Map.Entry<Integer, Integer> port : ports.entrySet()) {
            result = result.replaceAll("(?<!\\d)" + port.getValue() + "(?!\\d)", "" + port.getKey());
        }
        return result;
    }

    @Override
    public void close() {
        engine.close();
        application.close();
        pages.close();
    }

    /// What is asked: `GET https://shop.example/cart | Name: value`, GET unless another method stands before it.
    record Question(String method, String url, List<String> fields) {
        static Question of(String line) {
            String[] parts = line.split(" \\| ", -1);
            String[] words = parts[0].split(" ", -1);
            boolean hasMethod = words.length > 1;
            return new Question(
                    hasMethod ? words[0] : "GET",
                    words[words.length - 1],
                    List.of(parts).subList(1, parts.length));
        }

        String authority() {
            return url.substring(url.indexOf("://") + 3).split("/", 2)[0];
        }

        String target() {
            return url.substring(url.indexOf("://") + 3 + authority().length());
        }

        int port() {
            String[] parts = authority().split(":", 2);
            return parts.length > 1 ? Integer.parseInt(parts[1]) : url.startsWith("https:") ? 443 : 80;
        }
    }

    /// A file of questions (`?`), places for a certificate with its key (`!`) and files (`=`, their lines
    /// behind it).
    record Text(List<Question> questions, List<String> certificates, Map<String, String> files) {
        static Text read(Path input) throws IOException {
            List<Question> questions = new ArrayList<>();
            List<String> certificates = new ArrayList<>();
            Map<String, String> files = new LinkedHashMap<>();
            String file = "";
            for (String line : Files.readAllLines(input)) {
                if (line.startsWith("= ")) {
                    file = line.substring(2);
                } else if (!file.isEmpty()) {
                    files.merge(file, line + "\n", String::concat);
                } else if (line.startsWith("? ")) {
                    questions.add(Question.of(line.substring(2)));
                } else if (line.startsWith("! ")) {
                    certificates.add(line.substring(2));
                }
            }
            return new Text(questions, certificates, files);
        }

        void lay(Path root, Map<String, String> words) throws IOException {
            for (String certificate : certificates) {
                Path file = root.resolve(certificate);
                Files.createDirectories(file.resolveSibling("."));
                Files.copy(Distribution.checkout().resolve(PEM), file);
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = root.resolve(file.getKey());
                Files.createDirectories(path.resolveSibling("."));
                Files.writeString(path, Placeholders.fill(file.getValue(), words), StandardCharsets.UTF_8);
            }
        }
    }
}
