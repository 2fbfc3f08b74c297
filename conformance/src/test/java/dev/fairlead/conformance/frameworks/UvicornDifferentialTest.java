package dev.fairlead.conformance.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Header;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same requests reach an application in our workers as they do in uvicorn, and the client gets the same
/// answers, but for what is listed with its reason.
class UvicornDifferentialTest {
    /// What a server says of itself and of how it frames.
    private static final Set<String> OWN =
            Set.of("server", "date", "connection", "keep-alive", "transfer-encoding", "content-length");

    /// Answers that are never the application's: of those only the status is compared.
    private static final Set<Integer> PAGES = Set.of(400, 403, 405, 426, 500);

    @TempDir
    private Path scratch;

    /// @param reason why we answer otherwise
    private record Row(String name, Optional<String> reason, String request) {}

    @Test
    void whatAnApplicationSeesAndAClientGetsIsTheSame() throws IOException {
        Workers.require("uvicorn", "websockets");
        List<Row> rows = rows();
        assertThat(rows).hasSizeGreaterThan(40);
        SoftAssertions claims = new SoftAssertions();
        try (Workers ours = new Workers(scratch, Map.of(), "asgi_dump:app", "-k", "asgi");
                Uvicorn uvicorn = new Uvicorn(scratch)) {
            for (Row row : rows) {
                String expected = told(uvicorn.port, row);
                String found = told(ours.port, row);
                if (row.reason().isEmpty()) {
                    claims.assertThat(found).as(row.name()).isEqualTo(expected);
                } else {
                    claims.assertThat(found)
                            .as(row.name() + ", which differs: " + row.reason().get())
                            .isNotEqualTo(expected);
                }
            }
        }
        claims.assertAll();
    }

    private static final class Uvicorn implements AutoCloseable {
        private final int port = Ports.free();
        private final ProcessUnderTest process;

        private Uvicorn(Path folder) {
            List<String> command = List.of(
                    Workers.PYTHON.toString(),
                    "-m",
                    "uvicorn",
                    "--port",
                    "" + port,
                    "--no-access-log",
                    "asgi_dump:app");
            process = ProcessUnderTest.start(folder, Map.of("PYTHONDONTWRITEBYTECODE", "1"), command);
            process.awaitLine("uvicorn", line -> line.contains("Uvicorn running"), Deadline.inSeconds(60));
        }

        @Override
        public void close() {
            process.close();
        }
    }

    private static List<Row> rows() throws IOException {
        try (InputStream file = Objects.requireNonNull(
                UvicornDifferentialTest.class.getResourceAsStream("/frameworks/asgi-requests.txt"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^== ", -1))
                    .skip(1)
                    .map(UvicornDifferentialTest::row)
                    .toList();
        }
    }

    private static Row row(String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        String[] title = lines.removeFirst().split(" ! ", 2);
        String request = String.join("\r\n", lines) + (lines.getLast().isEmpty() ? "\r\n" : "");
        for (int c = 0x80; c < 0x100; c++) {
            request = request.replace("\\x%02x".formatted(c), String.valueOf((char) c));
        }
        return new Row(title[0], title.length > 1 ? Optional.of(title[1]) : Optional.empty(), request);
    }

    /// Everything the client gets that is not the server's own, as lines.
    private static String told(int port, Row row) {
        try (Wire wire = Wire.connect(port).patience(Duration.ofSeconds(60))) {
            wire.sendRaw(Integer.MAX_VALUE, row.request().getBytes(StandardCharsets.ISO_8859_1));
            Optional<Reply> reply = wire.tryReply(row.request().split(" ", 2)[0]);
            if (reply.isEmpty()) {
                return "nothing";
            }
            String answer = told(reply.get());
            return reply.get().status() == 101 ? answer + frames(wire) : answer;
        }
    }

    private static String told(Reply reply) {
        if (PAGES.contains(reply.status())) {
            return reply.status() + "\n";
        }
        String headers = reply.headers().stream()
                .filter(header -> !OWN.contains(header.name().toLowerCase(Locale.ROOT)))
                .map(UvicornDifferentialTest::line)
                .sorted()
                .collect(Collectors.joining());
        String end = reply.ending() == Reply.Ending.CUT_SHORT ? "cut short" : "whole";
        return reply.status() + "\n" + headers + reply.body() + "\n" + end + "\n";
    }

    private static String line(Header header) {
        return header.name().toLowerCase(Locale.ROOT) + ": " + header.value() + "\n";
    }

    /// Frames up to the one that closes, which is answered.
    private static String frames(Wire wire) {
        StringBuilder all = new StringBuilder();
        while (true) {
            byte[] head;
            try {
                head = wire.bytes(2);
            } catch (UncheckedIOException ended) {
                return all + "an end without a frame\n";
            }
            int size = head[1] & 0x7F;
            if (size == 126) {
                byte[] length = wire.bytes(2);
                size = (length[0] & 0xFF) << 8 | (length[1] & 0xFF);
            }
            String content = WebSockets.text(wire, size);
            all.append(head[0] & 0xFF).append(' ').append(content).append('\n');
            if ((head[0] & 0x0F) == 8) {
                WebSockets.frame(wire, 0x88, content.substring(0, Math.min(2, content.length())));
                return all.toString();
            }
        }
    }
}
