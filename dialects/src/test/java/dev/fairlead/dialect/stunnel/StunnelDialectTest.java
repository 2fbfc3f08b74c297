package dev.fairlead.dialect.stunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.ProxyProtocol;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.stream.Program;
import dev.fairlead.model.stream.StreamAction;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.tls.OnlineStatus;
import dev.fairlead.model.tls.TlsIdentity.ClientAuth;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.model.tls.TlsVersion;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Diagnostic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StunnelDialectTest {
    private static Compiled compile(String text) {
        return StunnelDialect.compile(
                Path.of("/c/stunnel.conf"),
                StunnelOptions.here().withFiles(FileSource.of(Map.of("/c/stunnel.conf", text))));
    }

    private static Plan plan(String text) {
        Compiled compiled = compile(text);
        return compiled.plan().orElseThrow(() -> new AssertionError(rendered(compiled)));
    }

    private static String rendered(Compiled compiled) {
        return compiled.diagnostics().stream().map(Diagnostic::render).collect(Collectors.joining("\n\n"));
    }

    private static StreamListener only(String text) {
        return plan(text).stream().listeners().getFirst();
    }

    private static StreamForward forward(StreamListener listener) {
        return listener.defaultHost().action() instanceof StreamAction.ForwardTo(StreamForward forward)
                ? forward
                : fail("no forward");
    }

    @Test
    void aServiceBecomesAListenerWithTlsInFrontOfAnUpstream() {
        StreamListener listener =
                only("cert = /c/all.pem\n[https]\naccept = 443\nconnect = 80\nprotocol = proxy\nTIMEOUTidle = 7\n");
        assertThat(listener.address()).isEqualTo(new Address.Tcp("*", 443));
        assertThat(listener.tls()).isTrue();
        assertThat(listener.defaultHost()
                        .tls()
                        .orElseThrow()
                        .identities()
                        .getFirst()
                        .key())
                .isEqualTo("/c/all.pem");
        StreamForward forward = forward(listener);
        assertThat(forward.proxyProtocol()).contains(ProxyProtocol.VERSION_1);
        assertThat(forward.timeouts().idle()).isEqualTo(Duration.ofSeconds(7));
        assertThat(forward.passesHalfClose()).isTrue();
        Upstream upstream = ((StreamForward.Target.Fixed) forward.target()).upstream();
        assertThat(upstream.balance()).isEqualTo(new Balance.InOrder());
        assertThat(upstream.servers().getFirst().address()).isEqualTo(new Address.Tcp("localhost", 80));
    }

    @Test
    void whatStandsBeforeTheFirstSectionHoldsForAllAndEachMayDiffer() {
        Plan plan = plan("""
                cert = /c/all.pem
                TIMEOUTconnect = 3
                [a]
                accept = 1001
                connect = 2001
                [b]
                accept = 1002
                connect = 2002
                TIMEOUTconnect = 4
                client = yes
                """);
        assertThat(plan.stream().listeners().stream()
                        .map(each -> forward(each).timeouts().connect().toSeconds()))
                .containsExactly(3L, 4L);
        assertThat(plan.stream().listeners().stream().map(StreamListener::tls)).containsExactly(true, false);
    }

    @Test
    void versionsAreThoseThatAllOptionsLeave() {
        StreamListener listener =
                only("cert = /c/a.pem\n[s]\naccept = 1\nconnect = 2\nsslVersionMin = TLSv1.1\noptions = NO_TLSv1_3\n");
        assertThat(listener.defaultHost().tls().orElseThrow().versions())
                .containsExactlyInAnyOrder(TlsVersion.TLS_1_1, TlsVersion.TLS_1_2);
    }

    @ParameterizedTest(name = "verify = {0}")
    @CsvSource({
        "0,OPTIONAL_UNVERIFIED,false,false",
        "1,OPTIONAL,true,false",
        "2,REQUIRED,true,false",
        "3,REQUIRED,true,true",
        "4,REQUIRED,false,true"
    })
    void levelsOfVerificationMeanWhatTheManualSays(int level, ClientAuth.Mode mode, boolean chain, boolean pinned) {
        ClientAuth auth = only("cert = /c/a.pem\nCAfile = /c/ca.pem\nverify = " + level
                        + "\n[s]\naccept = 1\nconnect = 2\n")
                .defaultHost()
                .tls()
                .orElseThrow()
                .clientAuth()
                .orElseThrow();
        assertThat(auth.mode()).isEqualTo(mode);
        assertThat(auth.checks().chain()).isEqualTo(chain);
        assertThat(auth.checks().pinned()).isEqualTo(pinned);
        assertThat(auth.inHandshake()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            acept = 1                   | 2:1: error: "acept = 1": Specified option name is not valid here | did you mean "accept"?
            client = maybe              | 2:10: error: "client = maybe": The argument needs to be either 'yes' or 'no' | line
            TIMEOUTidle = x             | 2:15: error: "TIMEOUTidle = x": Illegal TIMEOUTidle | a number
            failover = random           | 2:12: error: "failover = random": The argument needs to be either 'rr' or 'prio' | line
            accept = 127.0.0.1:x        | 2:10: error: "accept = 127.0.0.1:x": Failed to resolve | PORT, HOST:PORT
            sslVersion = TLSv9          | 2:14: error: "sslVersion = TLSv9": Invalid TLS version | all, SSLv3
            verify = 7                  | 2:10: error: "verify = 7": Bad verify level | 0 to 4
            options = NO_SUCH           | 2:11: error: "options = NO_SUCH": Illegal TLS option | for example
            protocol = smpt             | 2:12: error: "protocol = smpt": Unknown protocol | such as smtp
            pty = yes                   | 2:1: error: "pty" is not supported by Fairlead | script(1)
            pid = /run/x.pid            | 2:1: error: "pid = /run/x.pid": Specified option name is not valid here | belongs before
            no value                    | 2:1: error: "no value": No '=' found | name = value
            debug = loud                | 2:9: error: "debug = loud": Illegal debug argument | 0 to 7
            socket = TCP_NODELAY        | 2:10: error: "socket = TCP_NODELAY": Invalid socket option | l:TCP_NODELAY=1
            """)
    void whatIsWrongIsNamedWithItsPlaceAndAHint(String line, String message, String hint) {
        String said = rendered(compile("[s]\n" + line + "\n"));
        assertThat(said).contains("/c/stunnel.conf:" + message);
        assertThat(said).contains(hint.equals("line") ? line : hint);
        assertThat(said).contains("^");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            [s];accept=1;connect=2                                | TLS server needs a certificate
            [s];accept=1;cert=/a                                  | Each service must define two endpoints
            [s];connect=1;cert=/a                                 | Each service must define two endpoints
            cert=/a;verifyChain=yes;[s];accept=1;connect=2        | Either "CAengine", "CAfile" or "CApath" has to be configured
            client=yes;checkHost=a;[s];accept=1;connect=2         | Either "verifyChain" or "verifyPeer" has to be enabled
            cert=/a;[s];accept=1;connect=2;[t];accept=1;connect=3 | *:1 is taken by [s]
            cert=/a;[s];sni=x:a.example;connect=2                 | SNI section name not found: "x"
            cert=/a;[s];sni=a.example;connect=2                   | Invalid SNI parameter format
            cert=/a;accept=1;connect=2                            | Inetd mode is not supported
            """)
    void whatDoesNotFitTogetherIsNamed(String lines, String message) {
        Compiled compiled = compile(lines.strip().replace(";", "\n") + "\n");
        assertThat(compiled.plan()).isEmpty();
        assertThat(rendered(compiled)).contains(message).contains("hint: ");
    }

    @Test
    void optionsWithoutEffectAreNoted() {
        Compiled compiled = compile(
                "RNDfile = /dev/urandom\nfips = no\n[s]\nclient = yes\naccept = 1\nconnect = 2\nticketKeySecret = 00\n");
        assertThat(compiled.plan()).isPresent();
        assertThat(rendered(compiled))
                .contains("note: \"RNDfile\" has no effect here")
                .contains("warning: \"ticketKeySecret\" has no effect here")
                .doesNotContain("fips");
    }

    @Test
    void foldersAreIncludedInTheOrderOfTheirNames() {
        Map<String, String> files = Map.of(
                "/c/stunnel.conf", "include = /c/conf.d\n",
                "/c/conf.d/00-global.conf", "cert = /c/all.pem\n",
                "/c/conf.d/01-service.conf", "[s]\naccept = 1\nconnect = 2\n");
        Compiled compiled = StunnelDialect.compile(
                Path.of("/c/stunnel.conf"), StunnelOptions.here().withFiles(FileSource.of(files)));
        assertThat(compiled.plan()).isPresent();
        assertThat(compiled.sources()).hasSize(3);
    }

    @Test
    void respondersAreAskedOfWhatIsVerified() {
        StreamListener listener = only("client = yes\nCAfile = /c/ca.pem\nverifyChain = yes\nTIMEOUTocsp = 3\n[s]\n"
                + "accept = 443\nconnect = mail.example:993\nOCSP = http://status.example/\nOCSPaia = yes\n"
                + "OCSPnonce = yes\nOCSPrequire = no\n");
        assertThat(forward(listener).tls().orElseThrow().checks().status())
                .contains(new OnlineStatus(
                        Optional.of("http://status.example/"), true, true, false, Duration.ofSeconds(3)));
    }

    @Test
    void sessionsAreNotResumedWhereTheRevokedAreSentElsewhere() {
        String conf = "cert = /c/all.pem\nCAfile = /c/ca.pem\nverifyChain = yes\nOCSPaia = yes\n"
                + "[s]\naccept = 443\nconnect = 80\n";
        TlsServer strict = only(conf).defaultHost().tls().orElseThrow();
        assertThat(strict.sessionCacheEntries()).isEqualTo(1000);
        TlsServer redirecting =
                only(conf + "redirect = 81\n").defaultHost().tls().orElseThrow();
        assertThat(redirecting.sessionCacheEntries()).isZero();
        assertThat(redirecting.sessionTickets()).isFalse();
    }

    @Test
    void aProgramIsStartedForEachConnection() {
        StreamListener listener = only("foreground = yes\nsetEnv = LANG=C\ncert = /c/all.pem\n[shell]\naccept = 1337\n"
                + "exec = /bin/sh\nexecArgs = sh  -i\n");
        assertThat(forward(listener).program())
                .contains(new Program("/bin/sh", List.of("sh", "-i"), List.of("LANG=C"), false));
    }

    @Test
    void aProgramIsNotStartedForServers() {
        String conf = "cert = /c/all.pem\n[s]\naccept = 1337\nexec = /usr/sbin/pppd\n";
        assertThat(rendered(compile(conf + "connect = vpn.example:443\n"))).contains("\"exec\" with \"connect\"");
        assertThat(rendered(compile(conf + "client = yes\n"))).contains("\"exec\" with \"client = yes\"");
        assertThat(rendered(compile(conf + "pty = yes\n"))).contains("\"pty\" is not supported");
        assertThat(rendered(compile(conf + "pty = no\n"))).isEmpty();
    }
}
