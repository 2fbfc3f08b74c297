package dev.fairlead.cli.pound;

import dev.fairlead.cli.control.ControlClient;
import dev.fairlead.dialect.pound.PoundDialect;
import dev.fairlead.dialect.pound.PoundOptions;
import dev.fairlead.model.control.Switchboard;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Behaves like poundctl: shows what a running pound, or a stack with Pound's configuration, is doing, and
/// switches parts of it on and off.
public final class PoundctlPersonality {
    private static final String VERSION = "poundctl 4.16 (Fairlead)\n";
    private static final String USAGE = """
            usage: poundctl [-jhVv] [-f FILE] [-s SOCKET] [COMMAND [/L/S/B] [KEY]]
              list [/L/S/B]    shows everything, or a listener, service or server
              enable /L/S/B    switches it on; also: on
              disable /L/S/B   switches it off; also: off
              add /L/S/B KEY   binds a session to a server
              delete /L/S KEY  forgets a session; also: del
            L and S are numbers or names; - for L stands for services outside of listeners.
              -f FILE    the configuration that says where the socket is; /etc/pound.cfg without it
              -s SOCKET  the socket itself
              -j         shows JSON
            As with Pound 2: poundctl -c SOCKET [-L L] [-l L] [-S L S] [-s L S] [-B L S B] [-b L S B]
              [-N L S KEY B] [-n L S KEY]
            """;

    private final PrintStream out;
    private final PrintStream err;

    public PoundctlPersonality(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// @param words without the program's own name
    /// @return the exit status
    public int run(List<String> words) {
        try {
            PoundctlArguments arguments = PoundctlArguments.read(words);
            if (arguments.version() || arguments.help()) {
                out.print(arguments.version() ? VERSION : USAGE);
                return 0;
            }
            return ask(arguments);
        } catch (IllegalArgumentException bad) {
            err.print("poundctl: " + bad.getMessage() + "\n" + USAGE);
            return 1;
        } catch (IOException failed) {
            err.println("poundctl: " + failed.getMessage());
            return 1;
        }
    }

    private int ask(PoundctlArguments arguments) throws IOException {
        Path socket = Path.of(arguments
                .socket()
                .or(() -> socket(arguments))
                .orElseThrow(() -> new IOException("can't determine control socket name; use the -s option")));
        ControlClient client = new ControlClient(socket);
        for (PoundctlArguments.Order order : arguments.orders()) {
            String key = order.key().isEmpty() ? "" : "?key=" + URLEncoder.encode(order.key(), StandardCharsets.UTF_8);
            String root = order.key().isEmpty() ? "/listener" : "/session";
            ControlClient.Reply reply;
            try {
                reply = client.ask(order.method(), root + encoded(order.place()) + key, !arguments.json());
            } catch (IOException failed) {
                throw new IOException("can't talk to " + socket + ": " + failed.getMessage(), failed);
            }
            if (!reply.isDone()) {
                err.println("poundctl: " + reply.body().strip());
                return 1;
            }
            out.print(reply.body());
            if (arguments.json()) {
                out.println();
            }
        }
        return 0;
    }

    private static String encoded(String place) {
        return URLEncoder.encode(place, StandardCharsets.UTF_8)
                .replace("%2F", "/")
                .replace("+", "%20");
    }

    private static Optional<String> socket(PoundctlArguments arguments) {
        return PoundDialect.compile(Path.of(arguments.file()), PoundOptions.plain())
                .board()
                .map(Switchboard::address)
                .map(address -> address.path());
    }
}
