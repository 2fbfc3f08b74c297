package dev.fairlead.admin.command;

import dev.fairlead.model.roster.CommandSocket.Level;
import java.util.ArrayList;
import java.util.List;

/// Commands that HAProxy has and that are refused here, each with the reason. They are rows so that nobody takes
/// them for misspelt.
final class UnavailableCommands {
    private static final String VERSIONS =
            "lists and maps have no versions here: each change holds at once, and a reload reads the files anew.\n";
    private static final String CERTIFICATES =
            "only 'set', 'commit', 'abort' and 'show ssl cert' are done while the program runs: change the files and"
                    + " reload, which interrupts nothing.\n";
    private static final String SERVERS = "servers are part of the configuration here: change it and reload.\n";

    private UnavailableCommands() {}

    static List<Command> rows() {
        List<Command> rows = new ArrayList<>();
        for (String words : List.of("prepare", "commit")) {
            rows.add(refused(words + " map <map>", VERSIONS));
            rows.add(refused(words + " acl <acl>", VERSIONS));
        }
        for (String words : List.of("new", "set", "commit", "abort", "del", "add", "show")) {
            rows.add(refused(words + " ssl <what>", CERTIFICATES));
        }
        rows.add(refused("add server <bk>/<srv>", SERVERS));
        rows.add(refused("del server <bk>/<srv>", SERVERS));
        return rows;
    }

    private static Command refused(String usage, String reason) {
        return Command.of(usage, Level.ADMIN, "not while the program runs", (line, session) -> reason);
    }
}
