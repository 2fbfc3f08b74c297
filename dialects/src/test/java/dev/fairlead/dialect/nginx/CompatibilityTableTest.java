package dev.fairlead.dialect.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import dev.fairlead.dialect.nginx.directive.NginxTable;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.testkit.Golden;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CompatibilityTableTest {
    private static final String HEAD = """
            # nginx configurations in Fairlead

            <!-- Written by CompatibilityTableTest from the table that the program reads by: change the table, then run
                 the test with -Dgolden.update=true. -->

            Fairlead reads nginx's own configuration files, as nginx 1.22 reads them: the same grammar, contexts, defaults
            and inheritance. A directive is followed, or it is read and left aside with a note because it tunes something
            that Fairlead does not have, or it is refused by name, unless it only switches something off (`proxy_cache off`).
            Nothing is ignored silently.

            `fairlead check` shows every problem at once, each with its line, a caret and, where there is one, a hint.
            `fairlead nginx -t` shows them in nginx's own form.

            A file that holds only what belongs inside `http { }` (a file of `conf.d` or `sites-enabled`) is taken as that:
            it gets nginx's defaults around it, the usual content types and one event loop for each processor.

            ## Names of servers

            `server NAME resolve` in an upstream with a `zone` and a `resolver` (which may stand in `upstream` too) follows the
            name while the program runs, as nginx does from 1.27.3 on: each of its addresses, 64 at most, counts as a server. It
            is asked again when its answer ends, or after `valid=`; a name that is said not to exist has no servers at once, and
            where name servers fail what is known goes on. Before the first answer there are no servers. `service=` (SRV records)
            is refused. Names of other servers are looked up once, when the configuration is read.

            ## Where messages differ from nginx's on purpose

            """;

    @Test
    void thePageIsWhatTheTableSays() {
        String differences = BesideNginxTest.DIFFERENT.values().stream()
                .distinct()
                .sorted()
                .map(reason -> "- " + reason + "\n")
                .collect(Collectors.joining());
        Golden.check(Path.of("../docs/nginx.md"), HEAD + differences + """
                        - some messages that nginx gives without a place (unknown variables, unknown zones, missing keys)
                          name their line

                        """ + CompatibilityTable.markdown());
    }

    @Test
    void noTwoRowsHoldForTheSameNameAndContext() {
        Set<String> seen = new HashSet<>();
        for (Directive<Context, Setter> row : NginxTable.table().rows()) {
            for (Context context : row.contexts()) {
                assertThat(seen.add(row.name() + " in " + context))
                        .as("%s in %s", row.name(), context)
                        .isTrue();
            }
        }
    }

    @Test
    void everyFollowedDirectiveIsExplained() {
        assertThat(NginxTable.table().rows())
                .filteredOn(row -> row.support() instanceof Support.Full)
                .allSatisfy(row -> assertThat(row.doc()).as(row.name()).endsWith("."));
    }
}
