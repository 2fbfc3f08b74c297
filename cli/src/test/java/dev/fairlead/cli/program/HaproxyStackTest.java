package dev.fairlead.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A stack with HAProxy's configuration has the `stats socket` that it asks for, over reloads.
@Timeout(180)
class HaproxyStackTest {
    private static final String GLOBAL = "global\n    stats socket /run/haproxy/admin.sock mode 600 level admin\n";

    @Test
    void theStatsSocketSteersWhatUpRunsAndGoesWithItsDirective(@TempDir Path temporary) throws IOException {
        int port = Ports.free();
        Path site = temporary.resolve("site");
        Path cfg = site.resolve("etc/haproxy/haproxy.cfg");
        Path socket = site.resolve("run/haproxy/admin.sock");
        Files.createDirectories(site.resolve("etc/haproxy"));
        Files.createDirectories(site.resolve("run/haproxy"));
        Program program = new Program(temporary);
        try (Peer one = Peer.replying("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none");
                Peer two = Peer.replying("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ntwo")) {
            String rest = rest(port, one.port(), two.port());
            Files.writeString(cfg, GLOBAL + rest);
            try (ProcessUnderTest up = program.start("up", site.toString())) {
                Deadline.inSeconds(60).await("the stack to be ready", () -> {
                    assertThat(up.running()).as(up.output()).isTrue();
                    return up.output().contains("ready");
                });
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                        .isEqualTo("rw-------");
                assertThat(said(socket, "show stat")).contains("\nback,one,").contains("\nback,BACKEND,");
                assertThat(Program.get(port, "/")).isEqualTo("one");
                said(socket, "set server back/one state maint");
                assertThat(Program.get(port, "/")).isEqualTo("two");

                Files.writeString(cfg, "# the same\n" + GLOBAL + rest);
                assertThat(program.run("reload").output()).contains("reloaded");
                assertThat(said(socket, "show servers state back")).contains(" one ");

                Files.writeString(cfg, rest);
                assertThat(program.run("reload").output()).contains("reloaded");
                assertThat(socket).doesNotExist();
                up.signal("TERM");
                assertThat(up.awaitExit(Deadline.inSeconds(40))).as(up.output()).isZero();
            }
        }
    }

    private static String rest(int port, int one, int two) {
        return """
                defaults
                    mode http
                    timeout client 10s
                    timeout server 10s
                    timeout connect 5s
                frontend web
                    bind 127.0.0.1:%d
                    default_backend back
                backend back
                    balance first
                    server one 127.0.0.1:%d
                    server two 127.0.0.1:%d
                """.formatted(port, one, two);
    }

    private static String said(Path socket, String command) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
