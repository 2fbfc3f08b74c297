package dev.fairlead.dialect.systemd.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Collects characters and single bytes; bytes that together make a UTF-8 character become that character.
public final class Bytes {
    private final StringBuilder out;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream(4);

    public Bytes(StringBuilder out) {
        this.out = out;
    }

    public void character(int codePoint) {
        flush();
        out.appendCodePoint(codePoint);
    }

    void octet(int value) {
        if (value < 0x80) {
            character(value);
        } else {
            pending.write(value);
        }
    }

    public void flush() {
        if (pending.size() > 0) {
            out.append(pending.toString(StandardCharsets.UTF_8));
            pending.reset();
        }
    }
}
