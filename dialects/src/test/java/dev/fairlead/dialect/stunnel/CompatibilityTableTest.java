package dev.fairlead.dialect.stunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import dev.fairlead.testkit.Golden;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CompatibilityTableTest {
    /// The options that stunnel 5 itself lists, and those of its manual that only other systems have.
    private static final List<String> OPTIONS = List.of(
            ("accept CAengine CAfile CApath CAstore cert checkEmail checkHost checkIP chroot ciphers ciphersuites client"
                            + " compression config connect CRLfile CRLpath curves debug delay EGD engine engineCtrl"
                            + " engineDefault engineId engineNum exec execArgs failover fips foreground iconActive iconError"
                            + " iconIdle ident include key libwrap local log logId OCSP OCSPaia OCSPflag OCSPnonce OCSPrequire options"
                            + " output pid protocol protocolAuthentication protocolDomain protocolHeader protocolHost"
                            + " protocolPassword protocolUsername PSKidentity PSKsecrets provider providerParameter pty redirect renegotiation"
                            + " requireCert reset retry RNDbytes RNDfile RNDoverwrite securityLevel service sessionCacheSize"
                            + " sessionCacheTimeout sessiond sessionResume setEnv setgid setuid sni socket sslVersion"
                            + " sslVersionMax sslVersionMin stack syslog taskbar ticketKeySecret ticketMacSecret TIMEOUTbusy"
                            + " TIMEOUTclose TIMEOUTconnect TIMEOUTidle TIMEOUTocsp transparent verify verifyChain"
                            + " verifyPeer")
                    .split(" ", -1));

    private static final String HEAD = """
            # stunnel configurations in Fairlead

            <!-- Written by CompatibilityTableTest from the table that the program reads by: change the table, then run
                 the test with -Dgolden.update=true. -->

            Fairlead reads stunnel's configuration files, as stunnel 5 reads them: `name = value`, names in any case, options
            before the first `[section]` for all of them. An option is followed, or it is read and left aside with a note
            because it tunes something that Fairlead does not have, or it is refused by name. Nothing is ignored silently.

            `fairlead up` runs a file beside those of other programs, `fairlead stunnel FILE` as stunnel would: in the
            background unless `foreground = yes`, with its pid file, user and signals (HUP reads the file again, USR1 opens the
            log again, TERM ends). `fairlead check --stunnel FILE` shows every problem at once.

            Where a service connects to a port that another part of the stack listens on, the connection needs no socket: TLS
            ends in front, and what is in it goes straight to that listener. `--no-link` has it use the socket.

            ## What differs from stunnel on purpose

            - An address is not sent as a server name (SNI): RFC 6066 forbids it.
            - A client that closes its side of TLS (close_notify) is answered in kind at once: what the server sends after that
              is not delivered. Ends of connections in the clear are passed on one side at a time.
            - Of several `sni` lines in a service all count; stunnel 5.68 lets only one of them count.
            - A certificate that lacks the host, address or e-mail asked for is refused with the alert `bad_certificate`, not
              `internal_error`.
            - Without `sslVersionMin`, TLS 1.2 is the oldest version (stunnel's default needs `securityLevel = 0` for older ones
              to work).
            - With `protocol`, a server that says more than its yes before TLS begins is not believed: somebody on the way may
              have said it.
            - A responder of OCSP has 5 seconds (`TIMEOUTocsp`; never more than `TIMEOUTbusy`) and 64 KiB, and is not followed
              elsewhere. Answers are always verified in full. Where a `redirect` waits for the revoked, sessions are not
              resumed. Other connections go on meanwhile.
            - Programs (`exec`) that cannot be started end the connection; they are told of its end by the end of their input.
            - Log lines have Fairlead's form, one for each connection when it ends.
            - Without a `[section]` (inetd mode) nothing is run.

            """;

    @Test
    void thePageIsWhatTheTableSays() {
        Golden.check(Path.of("../docs/stunnel.md"), HEAD + CompatibilityTable.markdown());
    }

    @Test
    void everyOptionOfTheManualIsThere() {
        assertThat(OptionTable.table().rows().stream().map(Directive::name))
                .containsExactlyInAnyOrderElementsOf(OPTIONS);
    }

    @Test
    void everyRowSaysWhatItIs() {
        for (Directive<Place, Setter> row : OptionTable.table().rows()) {
            String note = switch (row.support()) {
                case Support.Full full -> row.doc();
                case Support.WithoutEffect without -> without.reason();
                case Support.Refused refused -> refused.reason();
            };
            assertThat(note).as(row.name()).isNotBlank();
        }
    }
}
