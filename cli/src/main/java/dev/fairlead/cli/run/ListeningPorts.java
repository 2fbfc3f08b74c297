package dev.fairlead.cli.run;

import dev.fairlead.os.ProcessTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The TCP ports that a process and its descendants listen on, as the kernel tells.
final class ListeningPorts {
    private static final String LISTENING = "0A";
    private static final int CONNECT_MILLIS = 1000;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private ListeningPorts() {}

    static Set<Integer> of(int pid) {
        Set<String> inodes = new HashSet<>();
        for (int member : family(pid)) {
            inodes.addAll(sockets(member));
        }
        Set<Integer> ports = new HashSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : lines(Path.of("/proc/" + pid + "/net/" + table))) {
                String[] words = line.strip().split("\\s+");
                if (words.length > INODE && words[STATE].equals(LISTENING) && inodes.contains(words[INODE])) {
                    ports.add(Integer.parseInt(words[1].substring(words[1].lastIndexOf(':') + 1), 16));
                }
            }
        }
        return ports;
    }

    private static Set<Integer> family(int pid) {
        Set<Integer> family = new HashSet<>(Set.of(pid));
        List<ProcessTable.Row> all = ProcessTable.all();
        int before;
        do {
            before = family.size();
            all.stream().filter(row -> family.contains(row.parent())).forEach(row -> family.add(row.pid()));
        } while (family.size() > before);
        return family;
    }

    private static Set<String> sockets(int pid) {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                String target = Files.readSymbolicLink(descriptor).toString();
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        } catch (IOException goneOrForeign) {
            return inodes;
        }
        return inodes;
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table, StandardCharsets.US_ASCII);
        } catch (IOException gone) {
            return List.of();
        }
    }

    static boolean takesConnections(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
