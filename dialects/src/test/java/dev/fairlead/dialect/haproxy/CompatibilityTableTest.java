package dev.fairlead.dialect.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.haproxy.table.Context;
import dev.fairlead.dialect.haproxy.table.HaproxyTable;
import dev.fairlead.dialect.haproxy.table.Keeping;
import dev.fairlead.testkit.Golden;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompatibilityTableTest {
    private static final String HEAD = """
        # HAProxy configurations in Fairlead

        <!-- Written by CompatibilityTableTest from the tables that the program reads by: change the tables, then run
             the test with -Dgolden.update=true. -->

        Fairlead reads HAProxy's own configuration files, in the forms of HAProxy 2.6 and later ones, and in those of 1.4
        that how-tos still show, with a word about today's form. A keyword is followed, or it is read and left aside with
        a note, or it is refused by name. Nothing is ignored silently.

        `fairlead up` and `fairlead check` take a file for HAProxy's when it has sections such as `global`, `defaults` and
        `frontend`; `--haproxy FILE` says so. Several such files are read as one configuration. `fairlead haproxy`
        behaves like the haproxy program: `-f` (files and folders, several), `-c`, `-V`, `-q`, `-D`, `-db`, `-W`, `-Ws`,
        `-p`, `-C`, `-dW`, `-sf`, `-st`, `-v`, `-vv`; SIGUSR1 lets connections finish and ends, SIGTERM ends at once, and
        with `-W` SIGUSR2 and SIGHUP read the configuration anew. Options about the inside of that program (`-m`, `-n`,
        `-N`, `-L`, `-S`, `-x`, `-d…`) are taken with a notice.

        `bind fd@3` takes over a socket that listens already under that number: a `.socket` unit's, or that of any other
        program that opens it and becomes this one. `fairlead up` finds sockets of LISTEN_FDS by their addresses as well.

        Lists of `acl … -f FILE` and maps change while the program runs, by `add`, `del`, `set`, `clear`, `get` and `show` with
        `acl` or `map` on a `stats socket`, and by rules such as `add-acl` and `set-map`; a reload reads the files anew.
        Patterns that stand in a line itself are not among them, there are no versions to prepare and commit, and
        expressions added so are Java's.

        A frontend's `maxconn` and `rate-limit sessions` hold clients back that come over sockets; a hop inside the program is
        not held back. `maxconn` of a `bind` line counts where it is the only one of its frontend. Ciphers of TLS 1.3 cannot be
        left out: `ciphersuites` that do so are refused. Of the answer to a WebSocket handshake `Sec-WebSocket-Accept` is not verified.

        `http-request use-service prometheus-exporter` answers with the metrics of HAProxy 2.6's exporter: the same names,
        types, labels and parameters (`scope=`, `no-maint`). What is not counted here is NaN: everything about TLS
        sessions and the memory of compression, the run queue and idle time, refused connections, failed rewrites and
        internal errors. There are no metrics of single addresses (`option socket-stats`). A request counts when it ends.

        `do-resolve` asks all name servers of a `resolvers` section at once, by UDP or TCP as they are written, and keeps what
        they say for `hold valid`, of 4,096 hosts at most; without name servers the machine is asked as it asks itself. Where
        all of them say that there is no such host, the request does not wait for further tries.
        `tcp-request content do-resolve` does so in both modes: in `mode tcp` the connection waits, and `set-dst` and
        `set-dst-port` of `tcp-request` say where a backend with `server s 0.0.0.0:0` takes it. A connection that such a
        backend would take back to the listener that it came to is closed and told of in the error log, where HAProxy goes
        round until it has no connections left.

        A server whose line has `resolvers SECTION` follows its name while the program runs: all name servers of the section
        are asked at once, every `timeout resolve`, by UDP or TCP (`nameserver x tcp@192.0.2.53:53`), and the server goes
        where they say, without a reload; what runs on its old connections goes on. While the name is not known it has no
        address and is `MAINT (resolution)`, after `hold nx`, `hold timeout`, `hold refused` and `hold other`; `hold
        obsolete` keeps an address that answers have no longer. `init-addr` (`last`, `libc`, `none`, addresses),
        `resolve-prefer`, `resolve-net` and `resolve-opts` are HAProxy's; `last` is where the server was before a reload, as
        there is no state file, and a server that was there before keeps its address over a reload in any case.
        `server-template` with a name that has several addresses, or with a service (`_http._tcp.example.com`, SRV records
        with their ports and weights), fills as many servers as there are. `set server … addr` and `fqdn`, `show servers
        state`, `show stat` and `show resolvers` of a `stats socket` know all of it. Each question has a socket and a random
        number of its own, answers to other questions are dropped, and what is cut (`truncated`) is asked for again by TCP,
        which HAProxy does not do. A server without a port (`server s name resolvers dns`) is looked up by the machine when a client comes. Names of other
        servers are resolved as the machine does it, at the start.

        `set ssl cert FILE <<` with a certificate and its key on the lines behind it, up to an empty one, and then `commit ssl
        cert FILE` on a `stats socket` have all listeners that name the file show that certificate from the next handshake
        on, without a reload; `set ssl cert FILE.key` gives the key apart. The file stays as it is: a reload reads it anew. As
        with HAProxy there is one transaction at a time; one about another file has to be committed or aborted first.
        Certificates that the configuration does not name (`new ssl cert`, `add ssl crt-list`) need a reload.

        A server that refuses our certificate in TLS 1.3 does so when our handshake is complete: it is one that took a
        connection and did not answer, 502, and tried again only where `retry-on` says so. HAProxy answers 502, too, or, where
        the refusal has arrived when it looks, counts a connection that failed, tries again and may answer 503. In TLS 1.2
        both answer 503.

        Options on the lines of a `crt-list` hold where the bind line says the same; otherwise they are warned of, and
        those that say whose certificates clients have to show (`verify`, `ca-file`, `crl-file`), which ciphers may be
        spoken, or that older versions may not (`ssl-min-ver`), are refused.

        Tests of a client's first bytes in `mode tcp` (`req.payload`, `req.len`, `HTTP`) go by the first piece of them that
        comes within `inspect-delay`, or by a whole ClientHello; HAProxy waits for more where a test lacks bytes.
        What a server says first is looked at by `stick store-response` only (`payload_lv`, `rep_ssl_hello_type`).

        Connections that fail before there is a request (no handshake of TLS, no header of the PROXY protocol) are told in
        frontends with a format of their own, as HAProxy tells them or as `error-log-format` says; `dontlognull` passes
        over clients that said nothing. Of them `%sslv` and `%sslc` are not known, nor are numbers of OpenSSL's.
        A line is written at the end; where `option logasap` stands, or nothing in the format has to wait for the end, it
        is written when a server's answer begins, in `mode tcp` when the server has taken the connection, and once only.

        `jwt_verify` whose algorithm is a variable finds no token good that is not signed (`none`), and none by a secret where the
        key is the file of a public key; HAProxy leaves both to further rules. Files of public keys stand in the line itself.

        Where answers differ from HAProxy's on purpose is told in [differences.md](differences.md).

        """;

    @Test
    void thePageIsWhatTheTablesSay() {
        Golden.check(Path.of("../docs/haproxy.md"), HEAD + CompatibilityTable.markdown());
    }

    @Test
    void noTwoRowsHoldForTheSameNameAndContext() {
        Set<String> seen = new HashSet<>();
        for (Directive<Context, Keeping> row : HaproxyTable.rows()) {
            for (Context context : row.contexts()) {
                assertThat(seen.add(row.name() + " in " + context))
                        .as("%s in %s", row.name(), context)
                        .isTrue();
            }
        }
    }
}
