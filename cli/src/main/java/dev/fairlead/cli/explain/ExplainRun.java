package dev.fairlead.cli.explain;

import dev.fairlead.cli.control.ControlClient;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.engine.explain.Explainer;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// What `fairlead explain` does. Nothing is listened on, nothing is sent to servers and nothing is logged; files
/// are looked for, because the way of a request depends on which are there.
public final class ExplainRun {
    private final PrintStream out;
    private final PrintStream err;

    public ExplainRun(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// By the files of a stack.
    ///
    /// @param json whether programs are to read it
    /// @return the exit status: 1 if the stack cannot run as it is, or the client would get no answer
    public int show(StackReader reader, Clock clock, Asked asked, boolean json) {
        Explanation told =
                Explanation.of(asked, reader.written(), reader.ports(), plan -> new Explainer(plan, clock), json);
        (json || told.hasWay() ? out : err).print(told.text());
        return told.isAnswered() ? 0 : 1;
    }

    /// By a running stack.
    ///
    /// @return the exit status, as above
    /// @throws IOException if it does not answer
    public int show(ControlClient stack, Asked asked, boolean json) throws IOException {
        StringBuilder target = new StringBuilder("/explain?url=" + encoded(asked.written()));
        target.append("&method=").append(encoded(asked.method()));
        target.append("&from=").append(encoded(asked.from()));
        target.append(asked.minorVersion() == 0 ? "&old" : "");
        asked.fields().forEach(field -> target.append("&field=").append(encoded(field)));
        ControlClient.Reply reply = stack.ask("GET", target.toString(), !json);
        (json || reply.isDone() ? out : err).print(reply.body());
        return reply.isDone() ? 0 : 1;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
