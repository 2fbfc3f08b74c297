package dev.fairlead.conformance.haproxy;

import dev.fairlead.conformance.cases.Names;
import dev.fairlead.conformance.cases.Upstreams;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Commands on the runtime sockets of the real HAProxy and of Fairlead, after the same requests: the same
/// answers, times, addresses in memory and counts of HAProxy's own workings aside.
class RuntimeSocketTest {
    private static final Path COMMANDS = Path.of("src/test/resources/haproxy/runtime.commands");
    private static final int CHANGED = 9;
    private static final int CHECK_RESULT = 11;
    private static final int CHECK_STATE = 13;
    /// What depends on the moment, on the machine or on how a program works inside.
    private static final Set<String> MASKED = Set.of(
            "bin,bout,lastchg,downtime,chkfail,check_duration,qtime,ctime,rtime,ttime,qtime_max,ctime_max,rtime_max,ttime_max"
                    .split(",", -1));
    private static final Set<String> ALSO_MASKED = Set.of(
            "rate,rate_max,conn_rate,conn_rate_max,req_rate,req_rate_max,lastsess,connect,reuse,srv_icur,idle_conn_cur,need_conn_est,chkdown,smax,scur,used_conn_cur,ereq,req_tot,hrsp_4xx,check_code,check_health"
                    .split(",", -1));

    private static final String CONFIG = """
        global
            nbthread 1
            maxconn 1000
            node here
            description "a site"
            stats socket %FOLDER%/admin.sock mode 660 level admin
            stats socket %FOLDER%/user.sock level user
            stats timeout 20s
        defaults
            mode http
            timeout client 10s
            timeout server 10s
            timeout connect 2s
            timeout check 10s
        frontend fe
            bind 127.0.0.1:%PORT%
            maxconn 200
            acl known hdr(host) -i -f %FOLDER%/hosts.lst
            acl near src -f %FOLDER%/nets.lst
            http-request set-header X-Place %[path,map_beg(%FOLDER%/places.map,none)] if known near
            http-request deny deny_status 410 if { path -f %FOLDER%/closed.lst }
            use_backend empty if { path /none }
            default_backend be
        frontend tcpf
            mode tcp
            bind 127.0.0.1:%PORT2%
            default_backend tb
        backend be
            option httpchk GET /health
            stick-table type ip size 1k expire 1m store http_req_cnt,gpc0
            http-request track-sc0 src
            server a 127.0.0.1:%UP1% check inter 200ms rise 1 maxconn 20 weight 10
            server b 127.0.0.1:%DEAD% check inter 200ms rise 1 fall 1
            server c 127.0.0.1:%UP2% backup
            server d 127.0.0.1:%UP2% disabled
        backend empty
            description nothing here
        backend tb
            mode tcp
            server t 127.0.0.1:%UP3%
        listen both
            bind 127.0.0.1:%PORT3%
            server x 127.0.0.1:%UP3%
        """;

    @TempDir
    static Path scratch;

    @TestFactory
    Stream<DynamicTest> sameAsHaproxy() throws IOException {
        Balancer.assumeBoth();
        List<String> commands = Files.readAllLines(COMMANDS, StandardCharsets.UTF_8).stream()
                .filter(line -> !line.startsWith("//"))
                .toList();
        try (Upstreams upstreams = new Upstreams(Map.of())) {
            return Operator.compare(kind -> answers(kind, commands, upstreams));
        }
    }

    private static Map<String, String> answers(Balancer.Kind kind, List<String> commands, Upstreams upstreams)
            throws IOException {
        Path folder = Files.createDirectories(scratch.resolve(kind.name()));
        Names names = Names.ofPorts(3).upstreams(upstreams.ports()).folder("%FOLDER%", folder);
        Files.writeString(folder.resolve("hosts.lst"), "a.example\nb.example\n");
        Files.writeString(folder.resolve("nets.lst"), "10.0.0.0/8\n127.0.0.1\n");
        Files.writeString(folder.resolve("places.map"), "/x one\n/y two\n");
        Files.writeString(folder.resolve("closed.lst"), "/gone\n");
        try (Operator operator = Operator.of(kind, folder, names.specialised(CONFIG), names.port(1))) {
            operator.await("health checks of " + kind, () -> {
                String states = operator.ask("show stat be 4 -1");
                return states.contains(",UP,") && states.contains(",DOWN,");
            });
            request(names.port(1), "/");
            request(names.port(1), "/twice");
            request(names.port(1), "/none");
            request(names.port(2), "/");
            Map<String, String> answers = new LinkedHashMap<>();
            int number = 0;
            for (String line : commands) {
                String answer = operator.ask(names.specialised(line));
                answers.put(++number + " " + line, neutral(names.generalised(answer)));
            }
            answers.put("a path that was opened", request(names.port(1), "/gone"));
            answers.put("a path that was closed", request(names.port(1), "/shut"));
            return answers;
        }
    }

    /// @return the status of the answer
    private static String request(int port, String path) throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            return ""
                    + client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    /// Without what depends on the moment; tables and lists of entries sorted.
    private static String neutral(String answer) {
        String text = answer.replaceAll("0x[0-9a-f]+", "0xN")
                .replaceAll("exp=\\d+", "exp=N")
                .replaceAll("captured on \\[.*?]", "captured on [T]")
                .replaceAll("2\\.6\\.\\d+[^ \\n]*", "2.6");
        if (text.startsWith("# pxname")) {
            // A check may be under way, and a server on its way up or down.
            return table(text.replace(",* L", ",L").replaceAll(",(UP|DOWN) \\d/\\d,", ",$1,"));
        }
        if (text.startsWith("1\n# be_id")) {
            return states(text);
        }
        if (text.startsWith("# bkname")) {
            return text.lines().map(line -> line.replaceAll(" - 5000 .*", "")).collect(Collectors.joining("\n"));
        }
        if (text.startsWith("Name: ")) {
            return text.lines().map(line -> line.replaceAll(": .*", "")).collect(Collectors.joining("\n"));
        }
        if (text.startsWith("0.Name")) {
            return text.lines()
                    .map(line -> line.replaceAll("^([^:]*:[^:]*:[^:]*):.*", "$1"))
                    .collect(Collectors.joining("\n"));
        }
        if (text.startsWith("# table")) {
            return text.lines().sorted().collect(Collectors.joining("\n"));
        }
        return firstOfHelp(text);
    }

    /// Which commands are listed is each program's own.
    private static String firstOfHelp(String text) {
        boolean isList = text.startsWith("Unknown command") || text.startsWith("The following commands");
        return isList ? text.lines().findFirst().orElse("") : text;
    }

    /// Of servers: without how long each has been in its state, and without what a check under way changes, its
    /// result and the lowest bit of its state.
    private static String states(String text) {
        return text.lines()
                .map(line -> {
                    String[] words = line.split(" ", -1);
                    if (words.length > CHECK_STATE && !line.startsWith("#")) {
                        words[CHANGED] = "*";
                        words[CHECK_RESULT] = "*";
                        words[CHECK_STATE] = "" + (Integer.parseInt(words[CHECK_STATE]) & ~1);
                    }
                    return String.join(" ", words);
                })
                .collect(Collectors.joining("\n"));
    }

    private static String table(String text) {
        List<String> lines = text.lines().toList();
        String[] columns = lines.getFirst().substring(2).split(",", -1);
        int end = Arrays.asList(columns).indexOf("-");
        StringBuilder out = new StringBuilder(lines.getFirst()).append('\n');
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split(",", -1);
            for (int i = 0; i < values.length; i++) {
                boolean isMasked = i < columns.length
                        && (MASKED.contains(columns[i]) || ALSO_MASKED.contains(columns[i]) || i > end);
                out.append(isMasked && !values[i].isEmpty() ? "*" : values[i]).append(',');
            }
            out.append('\n');
        }
        return out.toString();
    }
}
