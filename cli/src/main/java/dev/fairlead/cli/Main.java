package dev.fairlead.cli;

import dev.fairlead.cli.command.FairleadCommand;
import dev.fairlead.cli.gunicorn.GunicornPersonality;
import dev.fairlead.cli.haproxy.HaproxyPersonality;
import dev.fairlead.cli.initctl.InitctlPersonality;
import dev.fairlead.cli.journalctl.JournalctlPersonality;
import dev.fairlead.cli.nginx.NginxPersonality;
import dev.fairlead.cli.pound.PoundPersonality;
import dev.fairlead.cli.pound.PoundctlPersonality;
import dev.fairlead.cli.run.Rehearsal;
import dev.fairlead.cli.signal.SignalMask;
import dev.fairlead.cli.stunnel.StunnelPersonality;
import dev.fairlead.cli.systemctl.SystemctlPersonality;
import dev.fairlead.time.AllowForbidden;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.util.List;

/// Where the program starts. Finds out as which program it was called, before anything is loaded that only
/// another one needs.
final class Main {
    private Main() {}

    @AllowForbidden("the one place that ends the program with a status")
    public static void main(String[] words) {
        System.exit(run(List.of(words)));
    }

    private static int run(List<String> words) {
        try {
            SignalMask.ensure();
            return dispatch(words);
        } catch (IOException refused) {
            System.err.println("fairlead: " + refused.getMessage());
            return 1;
        }
    }

    private static int dispatch(List<String> words) throws IOException {
        return switch (words.isEmpty() ? "" : words.getFirst()) {
            case "nginx" -> new NginxPersonality(System.out, System.err).run(words.subList(1, words.size()));
            case "haproxy" -> new HaproxyPersonality(System.out, System.err).run(words.subList(1, words.size()));
            case "stunnel" -> new StunnelPersonality(System.out, System.err).run(words.subList(1, words.size()));
            case "pound" -> new PoundPersonality(System.out, System.err).run(words.subList(1, words.size()));
            case "poundctl" -> new PoundctlPersonality(System.out, System.err).run(words.subList(1, words.size()));
            case "gunicorn" -> new GunicornPersonality(System.out, System.err).run(words.subList(1, words.size()));
            case "systemctl" -> new SystemctlPersonality(System.out, System.err).run(words.subList(1, words.size()));
            case "initctl" -> new InitctlPersonality(System.out, System.err).run(words.subList(1, words.size()));
            case "journalctl" ->
                new JournalctlPersonality(Clock.system(), System.out, System.err).run(words.subList(1, words.size()));
            case "rehearse" -> Rehearsal.run(Main::run, words.subList(1, words.size()));
            default -> FairleadCommand.run(words);
        };
    }
}
