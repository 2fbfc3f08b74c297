package dev.fairlead.conformance.linked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Golden;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Configurations of the kind that how-tos have shown for years, each program alone and several in a row: they
/// run as they are written, over sockets and without; what `explain` says beforehand, hop by hop, is what
/// happens.
@ExtendWith(LeakWatch.class)
class HowToRowsTest {
    private static final Path ROWS = Path.of("src/test/resources/rows");
    private static final Pattern HOP = Pattern.compile("(?m)^    listener .* \\[(.*)]$");
    private static final Pattern UNIT = Pattern.compile("(?m)^        unit .*$");
    private static final Pattern SENT = Pattern.compile("(?m)^        sends ([^:]*): (.*?)(?: \\[.*])?$");
    private static final Pattern STATUS = Pattern.compile("(?m)^    answers (\\d+)$");
    private static final Pattern SERVER = Pattern.compile("(?m)^        server (.*?)(?:, weight \\d+)?: next ");

    @TempDir
    Path scratch;

    @TestFactory
    Stream<DynamicTest> rowsDoWhatIsExplained() {
        return Golden.cases(ROWS, ".row", ".expected", this::told).stream();
    }

    private String told(Path input) throws IOException {
        HowToRow.Text text = HowToRow.Text.read(input);
        String name = String.valueOf(input.getFileName());
        StringBuilder told = new StringBuilder();
        try (HowToRow linked = HowToRow.start(scratch.resolve(name + ".linked"), text, true);
                HowToRow apart = HowToRow.start(scratch.resolve(name + ".apart"), text, false)) {
            told.append(linked.remarks()).append("\n\n");
            for (HowToRow.Question question : text.questions()) {
                String explained = linked.explained(question);
                String got = answer(linked, question);
                assertThat(answer(apart, question)).as(question.url()).isEqualTo(got);
                assertThat(got).as(question.url()).satisfies(answer -> agree(explained, answer));
                told.append(question.method()).append(' ').append(question.url());
                question.fields().forEach(field -> told.append(" | ").append(field));
                HOP.matcher(explained)
                        .results()
                        .forEach(hop -> told.append("\n    ").append(hop.group(1)));
                UNIT.matcher(explained)
                        .results()
                        .forEach(unit ->
                                told.append("\n    ").append(unit.group().strip()));
                told.append("\n    ").append(got.indent(4).strip()).append("\n\n");
            }
        }
        return told.toString();
    }

    /// The last hop's end, and the fields that it sends on: as they were explained, so they are.
    private static void agree(String explained, String got) {
        String last = explained.substring(explained.lastIndexOf("\nhop "));
        Matcher status = STATUS.matcher(last);
        if (status.find()) {
            assertThat(got).startsWith(status.group(1));
            return;
        }
        Matcher server = SERVER.matcher(last);
        assertThat(server.find()).as(explained).isTrue();
        assertThat(got).contains(server.group(1).endsWith("%PAGES%") ? " pages got " : " application got ");
        for (Matcher sent = SENT.matcher(last); sent.find(); ) {
            // What was agreed on in TLS is not known beforehand.
            if (!sent.group(1).startsWith("X-SSL-")) {
                String field = sent.group(1).toLowerCase(Locale.ROOT);
                assertThat(got.lines().map(String::strip)).contains(field + ": " + sent.group(2));
            }
        }
    }

    private static String answer(HowToRow row, HowToRow.Question question) {
        StringBuilder request = new StringBuilder(question.method() + " " + question.target() + " HTTP/1.1\r\n");
        request.append("Host: ").append(question.authority()).append("\r\n");
        question.fields().forEach(field -> request.append(field).append("\r\n"));
        try (Wire wire = row.connect(question)) {
            wire.sendRaw(request + "\r\n");
            Reply reply = wire.reply(question.method());
            if (reply.status() != 101) {
                return row.neutral(shown(reply));
            }
            wire.sendRaw("ping");
            String echo = new String(wire.bytes(4), StandardCharsets.US_ASCII);
            return "101, then " + echo + " comes back" + row.lastUpgrade();
        }
    }

    private static String shown(Reply reply) {
        String body = reply.body();
        String type = reply.header("Content-Type").orElse("no type");
        List<String> fields = Stream.of("Server", "Cache-Control", "Content-Encoding", "Location")
                .flatMap(name -> reply.header(name).map(value -> name + ": " + value).stream())
                .toList();
        return reply.status() + " " + fields + (body.startsWith("the ") ? " " + body.substring(4) : " " + type);
    }
}
