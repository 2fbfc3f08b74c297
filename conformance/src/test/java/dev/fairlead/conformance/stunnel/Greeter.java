package dev.fairlead.conformance.stunnel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a server says and hears in the clear before TLS begins.
///
/// @param turns what it says, and the beginning of what it waits for; nothing to wait for behind the last
record Greeter(List<Turn> turns) {
    /// @param said with lines that end as those of the protocol
    /// @param awaited how the answer begins; empty for none
    record Turn(String said, String awaited) {}

    private static final String POSTGRESQL = "\0\0\0\b\u0004\u00d2\u0016/";
    private static final String CONNECT = "CONNECT inner.example:443 HTTP/1.1";

    /// By the name in configurations.
    static final Map<String, Greeter> ALL = Map.ofEntries(
            speaks(
                    "smtp",
                    new Turn("220-mail.example ESMTP\r\n220 ready\r\n", "EHLO "),
                    new Turn("250-mail.example\r\n250-SIZE 1000\r\n250 STARTTLS\r\n", "STARTTLS"),
                    new Turn("220 go ahead\r\n", "")),
            speaks(
                    "smtp-refusing",
                    new Turn("220 mail.example\r\n", "EHLO "),
                    new Turn("250 mail.example\r\n", "STARTTLS"),
                    new Turn("454 not now\r\n", "nothing")),
            speaks("smtp-closed", new Turn("554 nobody is served\r\n", "EHLO "), new Turn("503 nobody\r\n", "nothing")),
            speaks("imap", new Turn("* OK mail.example\r\n", "STARTTLS"), new Turn("{tag} OK go on\r\n", "")),
            speaks("pop3", new Turn("+OK mail.example\r\n", "STLS"), new Turn("+OK go on\r\n", "")),
            speaks("nntp", new Turn("200 news.example\r\n", "STARTTLS"), new Turn("382 go on\r\n", "")),
            speaks("pgsql", new Turn("", POSTGRESQL), new Turn("S", "")),
            speaks("pgsql-refusing", new Turn("", POSTGRESQL), new Turn("N", "nothing")),
            speaks("proxy", new Turn("", CONNECT), new Turn("HTTP/1.1 200 OK\r\nX-Proxy: yes\r\n\r\n", "")),
            speaks("proxy-refusing", new Turn("", CONNECT), new Turn("HTTP/1.1 407 No\r\n\r\n", "nothing")));

    private static Map.Entry<String, Greeter> speaks(String name, Turn... turns) {
        return Map.entry(name, new Greeter(List.of(turns)));
    }

    /// @return whether TLS begins now
    boolean greet(InputStream in, OutputStream out, List<String> heard) throws IOException {
        String tag = "";
        for (Turn turn : turns) {
            out.write(turn.said().replace("{tag}", tag).getBytes(ISO_8859_1));
            out.flush();
            if (turn.awaited().isEmpty()) {
                return true;
            }
            String answer = turn.awaited().startsWith("\0") ? packet(in) : line(in);
            if (turn.awaited().startsWith("CONNECT")) {
                heard.add("asks " + answer + fields(in));
            }
            int at = answer.indexOf(turn.awaited());
            if (at < 0) {
                // The end is told to nobody who was refused in a way of its own.
                if (!answer.isEmpty()) {
                    heard.add("asks what nobody awaits: " + answer);
                }
                return false;
            }
            tag = answer.substring(0, at).strip();
        }
        return false;
    }

    /// What a proxy is told besides; a host may be named in it or not.
    private static String fields(InputStream in) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("proxy-authorization")) {
                all.append(' ').append(line.replaceFirst("(?i): basic ", ": Basic "));
            }
        }
        return all.toString();
    }

    private static String packet(InputStream in) throws IOException {
        return new String(in.readNBytes(8), ISO_8859_1);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
