package dev.fairlead.testkit;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A question as a name server gets it (RFC 1035, 4), and the messages that answer it.
public final class NameQuestion {
    /// Kinds of records.
    public static final int IPV4 = 1;

    public static final int IPV6 = 28;
    public static final int SERVICE = 33;

    private static final int HEADER = 12;
    private static final int SECONDS = 60;

    private final byte[] message;
    private final String host;
    private final int end;

    /// @param message may be followed by what does not belong to it
    public NameQuestion(byte[] message) {
        this.message = message;
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        while (message[at] != 0) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(message, at + 1, message[at], StandardCharsets.ISO_8859_1));
            at += message[at] + 1;
        }
        host = name.toString();
        end = at + 5;
    }

    public String host() {
        return host;
    }

    /// Of the records that are asked for.
    public int kind() {
        return message[end - 3];
    }

    /// @param flags of the header, such as 0x8180: an answer, in good order
    /// @param contents of records, which are all of the kind that is asked for
    public byte[] answer(int flags, List<byte[]> contents) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(message, 0, 2);
        out.write(flags >> 8);
        out.write(flags);
        out.writeBytes(new byte[] {0, 1, 0, (byte) contents.size(), 0, 0, 0, 0});
        out.write(message, HEADER, end - HEADER);
        for (byte[] content : contents) {
            // The name is the question's.
            out.writeBytes(new byte[] {(byte) 0xc0, HEADER, 0, (byte) kind(), 0, 1, 0, 0, 0, SECONDS, 0});
            out.write(content.length);
            out.writeBytes(content);
        }
        return out.toByteArray();
    }

    /// The content of a record about an address.
    public static byte[] address(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException notInDigits) {
            throw new UncheckedIOException(notInDigits);
        }
    }

    /// The content of a record about a place of a service.
    public static byte[] place(String host, int port, int weight) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(6)
                .putShort((short) 0)
                .putShort((short) weight)
                .putShort((short) port)
                .array());
        for (String label : host.split("\\.", -1)) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.ISO_8859_1));
        }
        out.write(0);
        return out.toByteArray();
    }
}
