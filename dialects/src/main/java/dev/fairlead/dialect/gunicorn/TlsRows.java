package dev.fairlead.dialect.gunicorn;

import static dev.fairlead.dialect.gunicorn.Setting.HONOURED;
import static dev.fairlead.dialect.gunicorn.Setting.none;
import static dev.fairlead.dialect.gunicorn.Setting.refused;
import static dev.fairlead.dialect.gunicorn.Setting.row;

import dev.fairlead.dialect.gunicorn.Setting.Kind;
import java.util.List;

/// Settings of TLS.
final class TlsRows {
    static final List<Setting> ROWS = rows();

    private TlsRows() {}

    private static List<Setting> rows() {
        return List.of(
                row("keyfile", "--keyfile", Kind.TEXT, "", "The private key.", HONOURED),
                row("certfile", "--certfile", Kind.TEXT, "", "The certificate with its chain.", HONOURED),
                row(
                        "ssl_version",
                        "--ssl-version",
                        Kind.TEXT,
                        "",
                        "The version of TLS.",
                        none("TLS 1.2 and 1.3 are offered")),
                row(
                        "cert_reqs",
                        "--cert-reqs",
                        Kind.NUMBER,
                        "0",
                        "Whether clients show certificates: 0 no, 1 they may, 2 they must.",
                        HONOURED),
                row("ca_certs", "--ca-certs", Kind.TEXT, "", "Who signs clients' certificates.", HONOURED),
                row(
                        "suppress_ragged_eofs",
                        "--suppress-ragged-eofs",
                        Kind.FLAG,
                        "True",
                        "",
                        none("an end of TLS without a goodbye ends the connection quietly")),
                row(
                        "do_handshake_on_connect",
                        "--do-handshake-on-connect",
                        Kind.FLAG,
                        "False",
                        "",
                        none("handshakes never hold up a worker")),
                row("ciphers", "--ciphers", Kind.TEXT, "", "Ciphers, in OpenSSL's words.", HONOURED),
                row(
                        "ssl_context",
                        "",
                        Kind.HOOK,
                        "",
                        "Makes the TLS context.",
                        refused("TLS ends outside Python; set certfile, keyfile, ciphers")));
    }
}
