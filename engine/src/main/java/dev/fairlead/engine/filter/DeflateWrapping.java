package dev.fairlead.engine.filter;

import dev.fairlead.engine.http.BodyOutput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Checksum;

/// What stands in front of deflated bytes and behind them.
enum DeflateWrapping {
    /// RFC 1952: magic number, deflate, no flags, no time, no hint, Unix.
    GZIP("\u001f\u008b\b\0\0\0\0\0\0\u0003") {
        @Override
        Checksum checksum() {
            return new CRC32();
        }

        @Override
        int end(Checksum checksum, long length, BodyOutput to) {
            to.data(ByteBufAllocator.DEFAULT
                    .directBuffer(8)
                    .writeIntLE((int) checksum.getValue())
                    .writeIntLE((int) length));
            return 8;
        }
    },
    /// RFC 1950: deflate with the largest window, no dictionary.
    ZLIB("x\u0001") {
        @Override
        Checksum checksum() {
            return new Adler32();
        }

        @Override
        int end(Checksum checksum, long length, BodyOutput to) {
            to.data(ByteBufAllocator.DEFAULT.directBuffer(4).writeInt((int) checksum.getValue()));
            return 4;
        }
    },
    NONE("") {
        @Override
        Checksum checksum() {
            return new Adler32();
        }

        @Override
        int end(Checksum checksum, long length, BodyOutput to) {
            return 0;
        }
    };

    /// A character a byte.
    private final String head;

    DeflateWrapping(String head) {
        this.head = head;
    }

    /// A new one, over what is compressed.
    abstract Checksum checksum();

    /// @return how many bytes
    int begin(BodyOutput to) {
        if (!head.isEmpty()) {
            ByteBuf bytes = ByteBufAllocator.DEFAULT.directBuffer(head.length());
            bytes.writeCharSequence(head, StandardCharsets.ISO_8859_1);
            to.data(bytes);
        }
        return head.length();
    }

    /// @param length of what was compressed
    /// @return how many bytes
    abstract int end(Checksum checksum, long length, BodyOutput to);
}
