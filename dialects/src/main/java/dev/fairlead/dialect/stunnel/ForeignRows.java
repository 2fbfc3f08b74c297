package dev.fairlead.dialect.stunnel;

import dev.fairlead.dialect.Directive;
import java.util.List;

/// Options that are read and left aside, and those that are refused because leaving them aside would change
/// what a service does.
final class ForeignRows {
    private static final String NO_ENGINE = "keys and certificates come from files; hardware engines are not used";
    private static final String NO_PSK =
            "the TLS library (BoringSSL by netty-tcnative) cannot be given keys agreed on beforehand; use certificates, which"
                    + " verifyPeer pins one by one";
    private static final String RANDOM = "random numbers come from the system";

    private ForeignRows() {}

    static List<Directive<Place, Setter>> rows() {
        return List.of(
                Rows.unneeded("compression", Rows.GLOBAL, "TLS compression is not safe and not there"),
                Rows.unneeded("EGD", Rows.GLOBAL, RANDOM),
                Rows.unneeded("RNDbytes", Rows.GLOBAL, RANDOM),
                Rows.unneeded("RNDfile", Rows.GLOBAL, RANDOM),
                Rows.unneeded("RNDoverwrite", Rows.GLOBAL, RANDOM),
                Rows.refused("engine", NO_ENGINE),
                Rows.refused("engineCtrl", NO_ENGINE),
                Rows.refused("engineDefault", NO_ENGINE),
                Rows.refused("engineId", NO_ENGINE),
                Rows.refused("engineNum", NO_ENGINE),
                Rows.refused("CAengine", NO_ENGINE),
                Rows.refused("CAstore", "authorities come from files: CAfile or CApath"),
                Rows.refused("provider", NO_ENGINE),
                Rows.refused("providerParameter", NO_ENGINE),
                Rows.refused("fips", "the TLS library is not in FIPS mode"),
                Rows.unneeded("iconActive", Rows.GLOBAL, "there are no icons"),
                Rows.unneeded("iconError", Rows.GLOBAL, "there are no icons"),
                Rows.unneeded("iconIdle", Rows.GLOBAL, "there are no icons"),
                Rows.unneeded("taskbar", Rows.GLOBAL, "there are no icons"),
                Rows.unneeded("log", Rows.GLOBAL, "logs are appended to"),
                Rows.unneeded("logId", Rows.ANYWHERE, "connections are numbered"),
                Rows.refused("config", "commands of OpenSSL are not run; use curves, ciphers, sslVersionMin"),
                Rows.unneeded("renegotiation", Rows.ANYWHERE, "renegotiation is never accepted"),
                Rows.unneeded("stack", Rows.ANYWHERE, "there is no thread for each connection"),
                Rows.refused("pty", "programs are given a socket, not a terminal; script(1) makes one for a program"),
                Rows.refused("retry", "programs are started for connections, not connections made for programs"),
                Rows.missed(
                        "ticketKeySecret",
                        Rows.ANYWHERE,
                        "tickets have keys of their own, which change with each start"),
                Rows.missed(
                        "ticketMacSecret",
                        Rows.ANYWHERE,
                        "tickets have keys of their own, which change with each start"),
                Rows.missed("sessiond", Rows.ANYWHERE, "sessions are kept in this process only"),
                Rows.refused("ident", "users are not asked for by IDENT"),
                Rows.refused("libwrap", "hosts.allow and hosts.deny are not read; use a firewall"),
                Rows.refused("transparent", "addresses of clients are not taken over; protocol = proxy tells them"),
                Rows.refused("protocolDomain", "proxies that ask for NTLM are not talked to"),
                Rows.refused("protocolHeader", "no other fields are sent to proxies"),
                Rows.refused("PSKidentity", NO_PSK),
                Rows.refused("PSKsecrets", NO_PSK));
    }
}
