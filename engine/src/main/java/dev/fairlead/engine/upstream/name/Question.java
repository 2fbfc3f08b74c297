package dev.fairlead.engine.upstream.name;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// What a name server is asked.
///
/// @param host in lower case, without a dot behind
record Question(String host, Kind kind) {
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 253;
    private static final int HEADER = 12;
    private static final int WANTS_RECURSION = 0x01;
    private static final int CLASS_INTERNET = 1;
    private static final int EXTENSION = 41;

    /// Kinds of records, with their numbers.
    enum Kind {
        A(1),
        CNAME(5),
        AAAA(28),
        SRV(33);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /// A question about a host; empty for what is no name.
    static Optional<Question> about(String host, Kind kind) {
        String name = (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty()
                    || label.length() > LONGEST_LABEL
                    || !label.chars().allMatch(c -> c > ' ' && c < 127)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Question(name, kind));
    }

    /// The message.
    ///
    /// @param id tells the answer from others
    /// @param answerSize most bytes of an answer
    byte[] message(int id, int answerSize) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(host.length() + 32);
        number(out, id);
        out.write(WANTS_RECURSION);
        out.write(0);
        number(out, 1);
        number(out, 0);
        number(out, 0);
        number(out, 1);
        out.writeBytes(asked());
        out.write(0);
        number(out, EXTENSION);
        number(out, answerSize);
        number(out, 0);
        number(out, 0);
        number(out, 0);
        return out.toByteArray();
    }

    /// The question itself, which an answer repeats.
    private byte[] asked() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(host.length() + 6);
        for (String label : host.split("\\.", -1)) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.ISO_8859_1));
        }
        out.write(0);
        number(out, kind.number());
        number(out, CLASS_INTERNET);
        return out.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }

    /// Whether a message is an answer to this question, asked with that identifier.
    boolean isAnsweredBy(byte[] message, int id) {
        byte[] asked = asked();
        if (message.length < HEADER + asked.length
                || ((message[0] & 0xff) << 8 | (message[1] & 0xff)) != id
                || (message[2] & 0xf8) != 0x80
                || message[4] != 0
                || message[5] != 1) {
            return false;
        }
        for (int i = 0; i < asked.length; i++) {
            if (lower(message[HEADER + i]) != asked[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter + ('a' - 'A')) : letter;
    }

    /// Where the records of an answer begin.
    int length() {
        return HEADER + asked().length;
    }
}
