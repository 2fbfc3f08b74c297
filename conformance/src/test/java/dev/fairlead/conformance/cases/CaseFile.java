package dev.fairlead.conformance.cases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a group of cases. A file consists of sections, each begun by a line `=== KIND ARGUMENT
/// {option=value, …}`:
///
/// - `config`: what stands inside `http {}`. `%PORT%`, `%PORT2%`, `%PORT3%` are the server's; `%UP1%` to
///   `%UP3%` the upstreams'; nothing listens on `%DEAD%`; `%ROOT%` is the folder of the files, `%LOGS%` one for
///   what the server writes, `%KEYS%` holds certificates.
/// - `file PATH`: a file with this content. Options: `repeat=N` times; `mode=000`; `mtime=SECONDS`;
///     `link=TARGET`. `dir PATH`: a folder.
/// - `reply KEY`: what an upstream says to a request whose target has `/KEY` in it. Options: `wait=MS` before,
///   `until=KEY` not before one with `/KEY` at its end has come, `then=close|reset`, `drop` says nothing at
///   all.
/// - `case NAME`: requests, separated by a line `+++` (new connection), `---` (same connection) or `***` (new
///   one, before the answer to the last is read), and then lines with `>>> ` that say what makes the name true.
/// - `raw NAME`: the same with every byte of the request as written.
/// - `table`: a case a line, `name | METHOD /target ; Header: value | expectation | expectation`.
///
/// With the option `log=N` a case, or each of a table, is also about the N lines that the program sends to the
/// syslog server `%LOG%` meanwhile.
///
/// With the option `seen=N` it is about N requests to upstreams, which may come after the answer, in any order.
///
/// Requests are completed with what is usual: ` HTTP/1.1`, `Host: localhost`, `Connection: close` on the last
/// of a connection, and the Content-Length of a body. `\r \n \t \0 \\ \xNN` are understood in raw requests.
public final class CaseFile {
    private static final Pattern SECTION = Pattern.compile("=== (\\w+) ?([^{]*?)\\s*(?:\\{(.*)})?");

    private final Path path;
    private String config = "";
    private final Map<String, Group.SiteFile> files = new LinkedHashMap<>();
    private final Map<String, Group.Script> replies = new LinkedHashMap<>();
    private final List<Group.Case> cases = new ArrayList<>();

    private CaseFile(Path path) {
        this.path = path;
    }

    public static Group read(Path path) {
        CaseFile file = new CaseFile(path);
        try {
            file.sections(Files.readString(path, StandardCharsets.ISO_8859_1));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        String name = String.valueOf(path.getFileName()).replace(".cases", "");
        return new Group(name, file.config, file.files, file.replies, file.cases);
    }

    private void sections(String text) {
        for (String section : text.split("(?m)^(?==== )", -1)) {
            if (!section.startsWith("=== ")) {
                continue;
            }
            int end = section.indexOf('\n');
            Matcher head = SECTION.matcher(section.substring(0, end));
            if (!head.matches()) {
                throw new IllegalArgumentException(path + ": " + section.substring(0, end));
            }
            section(head.group(1), head.group(2), options(head.group(3)), section.substring(end + 1));
        }
    }

    private void section(String kind, String argument, Map<String, String> options, String text) {
        switch (kind) {
            case "config" -> config += text;
            case "file" -> {
                String content = options.containsKey("repeat")
                        ? trimmed(text).repeat(Integer.parseInt(options.get("repeat")))
                        : text;
                files.put(argument, new Group.SiteFile(content, false, options));
            }
            case "dir" -> files.put(argument, new Group.SiteFile("", true, options));
            case "reply" -> replies.put(argument, new Group.Script(options, Requests.response(text, options)));
            case "case" -> cases.add(described(argument, options, text, false));
            case "raw" -> cases.add(described(argument, options, text, true));
            case "table" -> text.lines().filter(line -> line.contains("|")).forEach(line -> row(line, options));
            default -> throw new IllegalArgumentException(path + ": what is \"" + kind + "\"?");
        }
    }

    private void row(String line, Map<String, String> options) {
        List<String> cells = List.of(line.strip().split("\\s+\\|\\s+", -1));
        String request = String.join("\n", cells.get(1).split(" ; ", -1));
        List<Group.Step> steps = Requests.steps(request, false);
        cases.add(new Group.Case(cells.get(0), options, steps, cells.subList(2, cells.size())));
    }

    private static Group.Case described(String name, Map<String, String> options, String text, boolean raw) {
        List<String> expectations = text.lines()
                .filter(line -> line.startsWith(">>> "))
                .map(line -> line.substring(4))
                .toList();
        int end = text.indexOf(">>> ");
        List<Group.Step> steps = Requests.steps(end < 0 ? text : text.substring(0, end), raw);
        return new Group.Case(name, options, steps, expectations);
    }

    private static Map<String, String> options(String text) {
        Map<String, String> options = new LinkedHashMap<>();
        if (text != null) {
            for (String option : text.split(",\\s*", -1)) {
                int equals = option.indexOf('=');
                options.put(
                        equals < 0 ? option : option.substring(0, equals),
                        equals < 0 ? "" : option.substring(equals + 1));
            }
        }
        return options;
    }

    private static String trimmed(String text) {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
