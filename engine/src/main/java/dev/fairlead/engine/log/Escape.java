package dev.fairlead.engine.log;

import dev.fairlead.model.http.Logging.Escaping;

/// Writes values into lines in a way that keeps what clients send from forging lines.
enum Escape {
    HEXADECIMAL {
        @Override
        void append(int c, LineBuffer out) {
            if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') {
                out.appendHexadecimal(c);
            } else {
                out.append((byte) c);
            }
        }

        @Override
        void appendMissing(LineBuffer out) {
            out.append((byte) '-');
        }
    },
    NUMBER_SIGN {
        @Override
        void append(int c, LineBuffer out) {
            if (c < 0x20 || c >= 0x7f || c == '"' || c == '#') {
                out.append((byte) '#');
                out.append((byte) Character.toUpperCase(Character.forDigit(c >> 4, 16)));
                out.append((byte) Character.toUpperCase(Character.forDigit(c & 15, 16)));
            } else {
                out.append((byte) c);
            }
        }

        @Override
        void appendMissing(LineBuffer out) {
            out.append((byte) '-');
        }
    },
    JSON {
        @Override
        void append(int c, LineBuffer out) {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> appendOther(c, out);
            }
        }

        private void appendOther(int c, LineBuffer out) {
            if (c < 0x20) {
                out.append("\\u00");
                out.append((byte) Character.forDigit(c >> 4, 16));
                out.append((byte) Character.toUpperCase(Character.forDigit(c & 15, 16)));
            } else {
                out.append((byte) c);
            }
        }
    },
    NONE {
        @Override
        void append(int c, LineBuffer out) {
            out.append((byte) c);
        }
    };

    static Escape of(Escaping escaping) {
        return switch (escaping) {
            case HEXADECIMAL -> HEXADECIMAL;
            case NUMBER_SIGN -> NUMBER_SIGN;
            case JSON -> JSON;
            case NONE -> NONE;
        };
    }

    abstract void append(int c, LineBuffer out);

    /// For a value that is not there.
    void appendMissing(LineBuffer out) {}

    final void append(String text, LineBuffer out) {
        for (int i = 0; i < text.length(); i++) {
            append(text.charAt(i) & 0xff, out);
        }
    }

    final void append(byte[] bytes, int start, int end, LineBuffer out) {
        for (int i = start; i < end; i++) {
            append(bytes[i] & 0xff, out);
        }
    }
}
