package dev.fairlead.dialect.pound.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.Directive;
import dev.fairlead.testkit.Golden;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompatibilityTableTest {
    private static final String HEAD = """
            # Pound configurations in Fairlead

            <!-- Written by CompatibilityTableTest from the table that the program reads by: change the table, then run
                 the test with -Dgolden.update=true. -->

            Fairlead reads Pound's own configuration files, in the forms of Pound 2 and Pound 4. A directive is followed, or it
            is read and left aside with a note, or it is refused by name. Nothing is ignored silently.

            `fairlead up` and `fairlead check` take a file for Pound's when it has blocks such as `ListenHTTP` and `BackEnd`;
            `--pound FILE` says so. Case does not matter in the names of directives.

            What is different from Pound, on purpose:

            - `HeadRemove` and `HeaderRemove`, the words of Pound 2, take fields away before `X-Forwarded-For` and the like are
              added, as Pound 2 does; `DeleteHeader`, the word of Pound 4, behind that.
            - A pattern for a field has to begin with the field's name, or several in parentheses. Without a colon it is looked
              for in all names, not in values.
            - Servers of one service share their times: the longest of each counts.
            - `RewriteLocation` compares what is written, not addresses that names resolve to.
            - `%a` of a log format goes by `ForwardedHeader` only where the peer of the connection is in `TrustedIP` itself.
            - All versions of TLS below 1.2 are off, whatever `Disable` says.
            - Relative names of files start at the folder of the configuration unless `IncludeDir` says something else.

            ## Pound as a program

            `fairlead pound` takes Pound's arguments: `-f FILE` (without it `/etc/pound.cfg`), `-c` checks the configuration,
            `-p FILE` names the pid file, `-F` and `-e` stay in the foreground, `-v`, `-V`, `-h`, and of `-W` what says where
            relative names start. As Pound does, it goes to the background once it serves unless `Daemon` is off. TERM and QUIT
            end it at once; HUP and INT close the listeners and give connections the time that `Grace` says. What cannot be read
            is told with file, line and column; exit status 1.

            ## poundctl

            Where the configuration has `Control`, `fairlead pound` and `fairlead up` open that socket, and `fairlead poundctl`
            shows and switches what runs: `list`, `enable` and `disable` (`on`, `off`) of `/L`, `/L/S` and `/L/S/B`, `add /L/S/B KEY`
            and `delete /L/S KEY` of sessions, `-j` for JSON; and the forms of Pound 2, `-c SOCKET` with `-L`, `-l`, `-S`,
            `-s`, `-B`, `-b`, `-N`, `-n`. The socket speaks HTTP and JSON as that of Pound 4 does (`GET`, `PUT` and `DELETE` of
            `/listener/L/S/B` and `/session/L/S/B?key=KEY`), so that its clients can talk to it.

            - A server that is off goes on with clients whose session is there, as with Pound.
            - A listener that is off takes connections and closes them at their first request without an answer.
            - `workers` are event loops, which are always there; there is no queue of requests.
            - Templates (`-t`, `-T`) and sockets over TCP are not there.

            """;

    @Test
    void thePageIsWhatTheTableSays() {
        Golden.check(Path.of("../docs/pound.md"), HEAD + CompatibilityTable.markdown());
    }

    @Test
    void noTwoRowsHoldForTheSameNameAndContext() {
        Set<String> seen = new HashSet<>();
        for (Directive<Context, Shape> row : PoundTable.rows()) {
            for (Context context : row.contexts()) {
                assertThat(seen.add(row.name() + " in " + context))
                        .as("%s in %s", row.name(), context)
                        .isTrue();
            }
        }
    }
}
