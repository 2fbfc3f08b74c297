package dev.fairlead.dialect.haproxy.build.check;

import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.upstream.HealthCheck.Probe;
import dev.fairlead.model.upstream.HealthCheck.Step;
import dev.fairlead.source.Span;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/// Health checks that speak a protocol other than HTTP: `option redis-check`, `option smtpchk` and their like.
/// Bytes are written as ISO-8859-1 characters.
final class ProtocolChecks {
    static final List<String> KEYWORDS = List.of(
            "option redis-check",
            "option smtpchk",
            "option mysql-check",
            "option pgsql-check",
            "option ldap-check",
            "option ssl-hello-chk");

    /// Binds anonymously with LDAP 3.
    private static final String LDAP_BIND = bytes("300c020101600702010304008000");

    private static final String GOODBYE = "QUIT\r\n";

    private static final String CIPHERS = "002f0035000a00050004c013c014c02fc030";

    private ProtocolChecks() {}

    static Probe of(Entry entry) {
        Span at = entry.origin();
        return new Probe.Dialogue(
                switch (entry.name()) {
                    case "option redis-check" ->
                        List.of(new Step.Send("*1\r\n$4\r\nPING\r\n"), new Step.Expect("+PONG\r\n", false));
                    case "option smtpchk" -> mail(entry);
                    case "option mysql-check" -> List.of(match("(?s)^.{3}\\x00[^\\xff]", at));
                    case "option pgsql-check" -> List.of(new Step.Send(startup(user(entry))), match("(?s)^R", at));
                    case "option ldap-check" ->
                        List.of(
                                new Step.Send(LDAP_BIND),
                                match("(?s)^\\x30.*\\x02\\x01\\x01\\x61.*\\x0a\\x01\\x00", at));
                    default -> List.of(new Step.Send(clientHello()), match("(?s)^[\\x15\\x16]", at));
                });
    }

    /// `option smtpchk [HELO|EHLO DOMAIN]`
    private static List<Step> mail(Entry entry) {
        boolean isNamed =
                entry.count() > 1 && (entry.arg(0).is("HELO") || entry.arg(0).is("EHLO"));
        String greeting = isNamed ? entry.text(0) + " " + entry.text(1) : "HELO localhost";
        Step well = match("^2[0-9]{2}[- \r]", entry.origin());
        return List.of(well, new Step.Send(greeting + "\r\n"), well, new Step.Send(GOODBYE), well);
    }

    /// `user NAME`; an empty text for none.
    private static String user(Entry entry) {
        List<String> words = entry.args().stream().map(Word::text).toList();
        int user = words.indexOf("user");
        return user >= 0 && user + 1 < words.size() ? words.get(user + 1) : "";
    }

    /// The first message of PostgreSQL's protocol 3.
    private static String startup(String user) {
        String parameters = "user\0" + user + "\0\0";
        int length = 8 + parameters.length();
        return new String(new char[] {0, 0, (char) (length >> 8), (char) (length & 0xff), 0, 3, 0, 0}) + parameters;
    }

    /// The first message of SSL 3. The answer to it, be it an alert, shows that TLS is spoken.
    private static String clientHello() {
        String body = "0300" + "00".repeat(32) + "00" + hex(4, CIPHERS.length() / 2) + CIPHERS + "0100";
        String handshake = "01" + hex(6, body.length() / 2) + body;
        return bytes("160300" + hex(4, handshake.length() / 2) + handshake);
    }

    private static String hex(int digits, int value) {
        return HexFormat.of().toHexDigits(value, digits);
    }

    private static Step match(String pattern, Span at) {
        return new Step.ExpectMatch(new Regex(pattern, pattern, false, List.of(), 0, at), false);
    }

    private static String bytes(String hexadecimal) {
        return new String(HexFormat.of().parseHex(hexadecimal), StandardCharsets.ISO_8859_1);
    }
}
