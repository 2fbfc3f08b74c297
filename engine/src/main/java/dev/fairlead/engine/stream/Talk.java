package dev.fairlead.engine.stream;

import dev.fairlead.model.stream.Overture;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/// What is said to a server before TLS begins, and what it has to answer: turns, one after the other.
///
/// @param isInLines whether answers are lines; else single bytes
record Talk(List<Turn> turns, boolean isInLines) {
    private static final String ASK_POSTGRESQL = "\0\0\0\b\u0004\u00d2\u0016/";

    private static final Told NOTHING = new Told.Nothing();
    private static final Told ALL = new Told.AllOfIt();
    private static final Told CONNECTED = new Told.Instead("* OK Connected.\r\n");

    /// What an answer, or a part of one, means.
    enum Meaning {
        YES,
        NO,
        /// More of it comes.
        MORE
    }

    /// @param said by us; empty for a server that speaks first
    /// @param told what the client hears of the answer
    record Turn(String said, Told told, Function<String, Meaning> meaning) {}

    /// What a client hears.
    sealed interface Told {
        record Nothing() implements Told {}

        record AllOfIt() implements Told {}

        record Instead(String text) implements Told {}
    }

    static Talk of(Overture overture) {
        return switch (overture) {
            case Overture.Upgrade upgrade -> of(upgrade);
            case Overture.Tunnel tunnel -> of(tunnel);
        };
    }

    private static Talk of(Overture.Upgrade upgrade) {
        return switch (upgrade) {
            case SMTP ->
                new Talk(
                        List.of(
                                // A server that refuses says why to the client, and then no to everything.
                                new Turn("", ALL, line -> line.startsWith("220-") ? Meaning.MORE : Meaning.YES),
                                new Turn("EHLO localhost\r\n", NOTHING, line -> code(line, "250")),
                                new Turn("STARTTLS\r\n", NOTHING, line -> code(line, "220"))),
                        true);
            case IMAP ->
                new Talk(
                        List.of(
                                // What it can do before TLS is not what it can do behind it.
                                new Turn("", CONNECTED, line -> starts(line, "* OK")),
                                new Turn("fairlead STARTTLS\r\n", NOTHING, Talk::tagged)),
                        true);
            case POP3 ->
                new Talk(
                        List.of(
                                new Turn("", ALL, line -> starts(line, "+OK")),
                                new Turn("STLS\r\n", NOTHING, line -> starts(line, "+OK"))),
                        true);
            case NNTP ->
                new Talk(
                        List.of(
                                new Turn("", ALL, line -> line.startsWith("201 ") ? Meaning.YES : code(line, "200")),
                                new Turn("STARTTLS\r\n", NOTHING, line -> code(line, "382"))),
                        true);
            case POSTGRESQL ->
                new Talk(List.of(new Turn(ASK_POSTGRESQL, NOTHING, answer -> starts(answer, "S"))), false);
        };
    }

    private static Talk of(Overture.Tunnel tunnel) {
        String credentials = tunnel.credentials()
                .map(text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                .map(encoded -> "Proxy-Authorization: Basic " + encoded + "\r\n")
                .orElse("");
        String asked =
                "CONNECT " + tunnel.target() + " HTTP/1.1\r\nHost: " + tunnel.target() + "\r\n" + credentials + "\r\n";
        return new Talk(
                List.of(
                        new Turn(
                                asked,
                                NOTHING,
                                line -> line.matches("HTTP/1\\.[01] 2[0-9]{2}( .*)?") ? Meaning.YES : Meaning.NO),
                        new Turn("", NOTHING, line -> line.isEmpty() ? Meaning.YES : Meaning.MORE)),
                true);
    }

    /// A line that begins with a number, with a dash behind it where more lines follow.
    private static Meaning code(String line, String good) {
        return line.startsWith(good + "-") ? Meaning.MORE : starts(line, good);
    }

    /// Servers may tell of other things before they answer.
    private static Meaning tagged(String line) {
        return line.startsWith("* ") ? Meaning.MORE : starts(line, "fairlead OK");
    }

    private static Meaning starts(String answer, String good) {
        return answer.startsWith(good) ? Meaning.YES : Meaning.NO;
    }
}
