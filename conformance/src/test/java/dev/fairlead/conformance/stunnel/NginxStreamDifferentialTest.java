package dev.fairlead.conformance.stunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every trial of nginx's `stream` block gives clients and servers the same to see with Debian's nginx as with
/// Fairlead.
final class NginxStreamDifferentialTest {
    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");
    private static final String TLS = "ssl_certificate {certs}/server.pem; ssl_certificate_key {certs}/server.key;\n";

    private static final String JUDGED = "ssl_verify_client optional;"
            + " return \"$ssl_client_verify $ssl_client_s_dn\\n\"; ssl_client_certificate ";

    private static Certs certs;

    @BeforeAll
    static void makeCertificates(@TempDir Path folder) throws IOException {
        assumeTrue(Files.exists(MODULE), "nginx's stream module is not installed");
        certs = Certs.make(folder);
    }

    private static Trial trial(String name, String stream, Trial.Visit... visits) {
        String head =
                "load_module " + MODULE + ";\ndaemon off;\nuser root;\nworker_processes 1;\npid {certs}/nginx.pid;\n"
                        + "error_log stderr notice;\nevents { }\nstream {\n";
        return new Trial(name, head + stream + "}\n", List.of(visits));
    }

    private static final Trial.Visit PLAIN = scene -> Client.plain(scene.port(), "hello\nbye\n");
    private static final Trial.Visit HEADED =
            scene -> Client.plain(scene.port(), "PROXY TCP4 192.0.2.1 192.0.2.2 1234 443\r\n");
    private static final String ANNOUNCED = "server { listen 127.0.0.1:{B} proxy_protocol;"
            + " return \"$proxy_protocol_addr $proxy_protocol_server_addr\\n\"; }\n";
    private static final Trial.Visit TLS_13 = scene -> Client.tls(scene.port(), scene.nobody(), "", "hello\nbye\n");

    private static Trial.Visit named(String name) {
        return scene -> Client.tls(scene.port(), scene.nobody(), name, "hello\nbye\n");
    }

    private static Trial.Visit as(String name) {
        return scene -> Client.tls(scene.port(), scene.as(name), "", "bye\n");
    }

    static List<Trial> trials() {
        return List.of(
                trial(
                        "bytes both ways",
                        "server { listen 127.0.0.1:{A}; proxy_pass 127.0.0.1:{plain}; }\n",
                        PLAIN,
                        PLAIN),
                trial("a unix socket", "server { listen 127.0.0.1:{A}; proxy_pass unix:{unix}; }\n", PLAIN),
                trial("nobody there", "server { listen 127.0.0.1:{A}; proxy_pass 127.0.0.1:{nobody}; }\n", PLAIN),
                trial(
                        "the next server",
                        "upstream u { server 127.0.0.1:{nobody}; server 127.0.0.1:{plain}; }\n"
                                + "server { listen 127.0.0.1:{A}; proxy_pass u; }\n",
                        PLAIN,
                        PLAIN),
                trial(
                        "no next server",
                        "upstream u { server 127.0.0.1:{nobody} max_fails=0; server 127.0.0.1:{nobody} backup; }\n"
                                + "server { listen 127.0.0.1:{A}; proxy_pass u; proxy_next_upstream off; }\n",
                        PLAIN),
                trial(
                        "servers in turn",
                        "upstream u { server 127.0.0.1:{plain} weight=2; server 127.0.0.1:{second}; }\n"
                                + "server { listen 127.0.0.1:{A}; proxy_pass u; }\n",
                        PLAIN,
                        PLAIN,
                        PLAIN,
                        PLAIN),
                trial(
                        "a text",
                        "server { listen 127.0.0.1:{A}; return \"$remote_addr $protocol\\n\"; }\n",
                        scene -> Client.plain(scene.port(), "")),
                trial(
                        "clients kept out",
                        "server { listen 127.0.0.1:{A}; deny 127.0.0.1; proxy_pass 127.0.0.1:{plain}; }\n",
                        scene -> Client.plain(scene.port(), "")),
                trial(
                        "TLS from clients",
                        "server { listen 127.0.0.1:{A} ssl; " + TLS + " proxy_pass 127.0.0.1:{plain}; }\n",
                        TLS_13,
                        scene -> Client.tls(scene.port(), scene.nobody(), "", "bye\n", "TLSv1.2")),
                trial(
                        "certificates of clients",
                        "server { listen 127.0.0.1:{A} ssl; " + TLS
                                + " ssl_client_certificate {certs}/ca.pem; ssl_verify_client on; proxy_pass 127.0.0.1:{plain}; }\n",
                        as("client"),
                        as(""),
                        as("stranger")),
                trial(
                        "certificates of clients, if there are any",
                        "server { listen 127.0.0.1:{A} ssl; " + TLS
                                + " ssl_client_certificate {certs}/ca.pem; ssl_verify_client optional;"
                                + " return \"$ssl_client_verify $ssl_client_s_dn\\n\"; }\n",
                        as("client"),
                        as("")),
                trial(
                        "certificates of clients, whoever vouches for them",
                        "server { listen 127.0.0.1:{A} ssl; " + TLS
                                + " ssl_client_certificate {certs}/ca.pem; ssl_verify_client optional_no_ca;"
                                + " return \"$ssl_client_verify $ssl_client_s_dn\\n\"; }\n",
                        as("client"),
                        as("stranger"),
                        as("serving"),
                        as("")),
                trial(
                        "a client's certificate that vouches for itself",
                        "server { listen 127.0.0.1:{A} ssl; " + TLS + JUDGED + "{certs}/stranger.pem; }\n",
                        as("stranger"),
                        as("client")),
                trial(
                        "a client's certificate that vouches for itself and for nobody else",
                        "server { listen 127.0.0.1:{A} ssl; " + TLS + JUDGED + "{certs}/lonely.pem; }\n",
                        as("lonely"),
                        as("client")),
                trial(
                        "a client's certificate that is for servers",
                        "server { listen 127.0.0.1:{A} ssl; " + TLS + JUDGED + "{certs}/ca.pem; }\n",
                        as("serving"),
                        as("client")),
                trial(
                        "an authority that another one vouches for, alone",
                        "server { listen 127.0.0.1:{A} ssl; " + TLS + JUDGED + "{certs}/between.pem; }\n",
                        as("below")),
                trial(
                        "an authority that another one vouches for, and that one",
                        "server { listen 127.0.0.1:{A} ssl; " + TLS + "ssl_trusted_certificate {certs}/between.pem;"
                                + JUDGED + "{certs}/ca.pem; }\n",
                        as("below")),
                trial(
                        "TLS to servers",
                        "server { listen 127.0.0.1:{A}; proxy_pass 127.0.0.1:{tls}; proxy_ssl on; }\n",
                        PLAIN),
                trial(
                        "TLS to servers by name",
                        "server { listen 127.0.0.1:{A}; proxy_pass 127.0.0.1:{tls}; proxy_ssl on; proxy_ssl_name localhost.example;"
                                + " proxy_ssl_server_name on; }\n",
                        PLAIN),
                trial(
                        "TLS to servers whose certificate is checked",
                        "proxy_ssl on; proxy_ssl_verify on; proxy_ssl_trusted_certificate {certs}/ca.pem;\n"
                                + "server { listen 127.0.0.1:{A}; proxy_pass 127.0.0.1:{tls}; proxy_ssl_name localhost; }\n"
                                + "server { listen 127.0.0.1:{B}; proxy_pass 127.0.0.1:{tls}; proxy_ssl_name other.example; }\n",
                        PLAIN,
                        scene -> Client.plain(scene.otherPort(), "hello\nbye\n")),
                trial(
                        "the server by name, TLS passed on",
                        "map $ssl_preread_server_name $to { hostnames; a.example a; .b.example b; default a; }\n"
                                + "upstream a { server 127.0.0.1:{tls}; } upstream b { server 127.0.0.1:{strict}; }\n"
                                + "server { listen 127.0.0.1:{A}; ssl_preread on; proxy_pass $to; }\n",
                        named("a.example"),
                        scene -> Client.tls(scene.port(), scene.as("client"), "x.b.example", "bye\n"),
                        named("c.example")),
                trial(
                        "what a ClientHello says",
                        "server { listen 127.0.0.1:{A}; ssl_preread on; return \"$ssl_preread_server_name\\n\"; }\n",
                        scene -> Client.plain(scene.port(), "no TLS\n")),
                trial(
                        "PROXY protocol to the server",
                        "server { listen 127.0.0.1:{A}; proxy_protocol on; proxy_pass 127.0.0.1:{B}; }\n"
                                + "server { listen 127.0.0.1:{B} proxy_protocol; return \"$proxy_protocol_addr"
                                + " $proxy_protocol_server_addr $remote_addr\\n\"; }\n",
                        scene -> Client.plain(scene.port(), "")),
                trial(
                        "PROXY protocol from the client",
                        "server { listen 127.0.0.1:{A} proxy_protocol; return \"$proxy_protocol_addr:$proxy_protocol_port\\n\"; }\n",
                        scene -> Client.plain(scene.port(), "PROXY TCP4 192.0.2.1 192.0.2.2 1234 443\r\n"),
                        scene -> Client.plain(scene.port(), "PROXY UNKNOWN\r\n")),
                trial(
                        "a client that nobody vouches for",
                        "server { listen 127.0.0.1:{A} proxy_protocol; allow 192.0.2.0/24; deny all;"
                                + " return \"$remote_addr\\n\"; }\n",
                        HEADED),
                trial(
                        "a client that is shown as its proxy",
                        "server { listen 127.0.0.1:{A} proxy_protocol; deny 192.0.2.0/24;"
                                + " return \"$remote_addr $proxy_protocol_addr\\n\"; }\n",
                        HEADED),
                trial(
                        "a client that its proxy vouches for",
                        "set_real_ip_from 127.0.0.0/8; server { listen 127.0.0.1:{A} proxy_protocol;"
                                + " allow 192.0.2.0/24; deny all;"
                                + " return \"$remote_addr:$remote_port $realip_remote_addr\\n\"; }\n",
                        HEADED,
                        scene -> Client.plain(scene.port(), "PROXY TCP4 198.51.100.1 192.0.2.2 1234 443\r\n"),
                        scene -> Client.plain(scene.port(), "PROXY UNKNOWN\r\n")),
                trial(
                        "a client that another proxy would vouch for",
                        "server { listen 127.0.0.1:{A} proxy_protocol; set_real_ip_from 198.51.100.0/24;"
                                + " set_real_ip_from unix:; return \"$remote_addr\\n\"; }\n",
                        HEADED),
                trial(
                        "PROXY protocol on both sides",
                        "server { listen 127.0.0.1:{A} proxy_protocol; proxy_protocol on; proxy_pass 127.0.0.1:{B}; }\n"
                                + ANNOUNCED,
                        HEADED),
                trial(
                        "PROXY protocol on both sides, believed",
                        "server { listen 127.0.0.1:{A} proxy_protocol; set_real_ip_from 127.0.0.1; proxy_protocol on;"
                                + " proxy_pass 127.0.0.1:{B}; }\n" + ANNOUNCED,
                        HEADED),
                trial(
                        "silence",
                        "server { listen 127.0.0.1:{A}; proxy_timeout 1s; proxy_pass 127.0.0.1:{plain}; }\n",
                        scene -> Client.plain(scene.port(), "hello\n")),
                trial(
                        "no faster than so many bytes per second",
                        "proxy_download_rate 80k; proxy_upload_rate 10;\n"
                                + "server { listen 127.0.0.1:{A}; proxy_pass 127.0.0.1:{plain}; }\n",
                        PLAIN),
                trial(
                        "variables that are set",
                        "map $asked $to { 127.0.0.1 here; default there; }\n"
                                + "server { listen 127.0.0.1:{A}; set $asked $remote_addr; return \"$asked $to\\n\"; }\n"
                                + "server { listen 127.0.0.1:{B}; set $asked a; set $asked b$asked; return \"$asked $to\\n\"; }\n",
                        scene -> Client.plain(scene.port(), ""),
                        scene -> Client.plain(scene.otherPort(), "")),
                trial(
                        "one connection at a time",
                        "limit_conn_zone $binary_remote_addr zone=clients:1m; limit_conn clients 1;\n"
                                + "server { listen 127.0.0.1:{A}; proxy_pass 127.0.0.1:{plain}; }\n"
                                + "server { listen 127.0.0.1:{B}; limit_conn clients 2; proxy_pass 127.0.0.1:{plain}; }\n",
                        scene -> Client.plainBeside(
                                scene.port(), "bye\n", () -> Client.plain(scene.port(), "hello\nbye\n")),
                        scene -> Client.plainBeside(
                                scene.otherPort(), "bye\n", () -> Client.plain(scene.otherPort(), "hello\nbye\n")),
                        PLAIN),
                trial(
                        "limits that are only counted",
                        "limit_conn_zone $server_addr zone=all:1m; limit_conn_dry_run on;\n"
                                + "server { listen 127.0.0.1:{A}; limit_conn all 1; return \"$limit_conn_status\\n\"; }\n",
                        scene -> Client.plain(scene.port(), "")),
                trial(
                        "from another address",
                        "server { listen 127.0.0.1:{A}; proxy_bind 127.0.0.7; proxy_pass 127.0.0.1:{plain}; }\n",
                        PLAIN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trials")
    void clientsAndServersSeeTheSame(Trial trial) throws IOException {
        Trial.Compared seen = trial.compare(Program.Theirs::nginx, Program.Ours::nginx, certs);
        assertThat(seen.ours()).as("Fairlead's, compared with nginx's").isEqualTo(seen.theirs());
    }
}
