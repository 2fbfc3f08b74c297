package dev.fairlead.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// Port numbers for programs that have to be told theirs beforehand.
///
/// What can bind port 0 should do that instead. The numbers lie below the range that the kernel gives to outgoing
/// connections, so that none of those takes one between the choice here and the program's bind.
public final class Ports {
    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 32_000;
    /// The state of a socket that listens, as `/proc/net/tcp` tells it.
    private static final String LISTENING = "0A";
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();
    /// Test classes run in two JVMs beside each other (`test.forks` in pom.xml): one gets the even numbers, the
    /// other the odd ones.
    private static final int JVMS = 2;

    private static final int THIS_JVM = Integer.getInteger("test.fork", 0) % JVMS;

    private Ports() {}

    /// A loopback TCP port on which nothing listens; no other call gets the same one, neither in this JVM nor in
    /// the one beside it.
    public static int free() {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST / JVMS, HIGHEST / JVMS) * JVMS + THIS_JVM;
            if (bindable(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + LOWEST + " and " + HIGHEST);
    }

    private static boolean bindable(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(false);
            probe.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /// Waits until something accepts connections on a loopback port.
    public static void awaitListening(int port, Deadline deadline) {
        deadline.await("a listener on port " + port, () -> isListening(port));
    }

    /// Waits until something listens on a TCP port of this machine, without a connection to it.
    public static void awaitListener(int port, Deadline deadline) {
        String local = String.format(Locale.ROOT, ":%04X", port);
        deadline.await(
                "a listener on port " + port,
                () -> Stream.of("tcp", "tcp6")
                        .flatMap(table -> table(table).lines())
                        .map(line -> line.strip().split(" +", -1))
                        .anyMatch(row -> row.length > 3 && row[1].endsWith(local) && row[3].equals(LISTENING)));
    }

    private static String table(String name) {
        try {
            return Files.readString(Path.of("/proc/net", name), StandardCharsets.US_ASCII);
        } catch (IOException noSuchProtocol) {
            return "";
        }
    }

    public static boolean isListening(int port) {
        try (java.net.Socket probe = new java.net.Socket()) {
            probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (java.net.ConnectException refused) {
            return false;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
