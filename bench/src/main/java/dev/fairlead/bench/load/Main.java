package dev.fairlead.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// `bench/load`: the command line. Exit status 0 if something was measured, 1 if not, 2 for a wrong use.
public final class Main {
    private static final String USAGE = """
            usage: bench/load http URL...    requests, and how long their answers took
                   bench/load websocket URL  messages that come back
                   bench/load idle URL       connections that are opened, asked once, and held until standard input ends
                   bench/load serve          an upstream: answers every request, echoes WebSocket messages
            options:
              --connections N     64
              --seconds S         10; of measuring (idle: at most this long, without end if not given)
              --warmup S          2; before measuring
              --grace S           5; afterwards, for answers on their way at a fixed rate
              --rate R            requests a second, each timed from when it was due; without it the next follows the answer
              --header 'K: V'     a further field, or in place of Host
              --method M          GET, or POST with a body
              --body-bytes N      0; of each request's body (serve: 1024, of each answer's)
              --message-bytes N   64; of each WebSocket message
              --each-new          a new connection for every request
              --resume            TLS sessions may be resumed
              --port N            serve: 0, the kernel chooses
            """;

    private Main() {}

    /// @param args as in the usage
    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] args) throws Exception {
        int status =
                run(List.of(args), System.in, new PrintStream(System.out, true, StandardCharsets.UTF_8), System.err);
        System.out.flush();
        Runtime.getRuntime().halt(status);
    }

    static int run(List<String> args, InputStream in, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException wrong) {
            err.println("bench/load: " + wrong.getMessage());
            err.print(USAGE);
            return 2;
        }
        return switch (options.mode()) {
            case HTTP, WEBSOCKET -> measure(options, out, err);
            case IDLE -> Idle.hold(options, out, in);
            case SERVE -> Upstream.serve(options, out, in);
        };
    }

    private static int measure(Options options, PrintStream out, PrintStream err) throws InterruptedException {
        Results results = Run.measure(options);
        out.println(results.toJson());
        if (results.answered() == 0) {
            err.println("bench/load: nothing was answered");
            return 1;
        }
        return 0;
    }
}
