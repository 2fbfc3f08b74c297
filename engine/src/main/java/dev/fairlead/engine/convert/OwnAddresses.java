package dev.fairlead.engine.convert;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Which addresses are this machine's. They are looked up at most every ten seconds, by whoever asks then: the
/// kernel answers at once and from memory, so an event loop may ask it, and others go by the last answer meanwhile.
final class OwnAddresses {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final AtomicLong READ = new AtomicLong(System.nanoTime() - 2 * FRESH_NANOS);
    private static volatile Set<ByteBuffer> known = Set.of();

    private OwnAddresses() {}

    static boolean has(String text) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(text);
        if (address == null) {
            // Of a socket that has a path.
            return text.startsWith("unix:");
        }
        // All of 127.0.0.0/8 is.
        return (address.length == 4 && address[0] == 127) || present().contains(ByteBuffer.wrap(address));
    }

    private static Set<ByteBuffer> present() {
        long read = READ.get();
        long now = System.nanoTime();
        if (now - read > FRESH_NANOS && READ.compareAndSet(read, now)) {
            known = ask();
        }
        return known;
    }

    private static Set<ByteBuffer> ask() {
        Set<ByteBuffer> all = new HashSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getAddress)
                    .map(ByteBuffer::wrap)
                    .forEach(all::add);
        } catch (SocketException unknown) {
            return known;
        }
        return all;
    }
}
