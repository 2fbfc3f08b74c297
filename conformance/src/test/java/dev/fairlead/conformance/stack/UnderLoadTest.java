package dev.fairlead.conformance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing that happens to a part of the stack reaches whoever uses the whole.
///
/// Runs for at least `-Dload.seconds` (8 unless said; `conformance/under-load` takes 20) with 64 connections.
class UnderLoadTest {
    private static final int SECONDS = Integer.getInteger("load.seconds", 8);
    private static final int CONNECTIONS = 64;

    @TempDir(factory = ForEverybody.class)
    private Path scratch;

    @Test
    void noRequestFailsWhileInstancesAreKilledRestartedAndTheStackIsReloaded() throws IOException {
        Distribution.require();
        try (Stack stack = new Stack(scratch);
                Wire socket = Wire.connect(stack.port)) {
            String holder = upgraded(socket);
            echo(socket, "before");
            List<String> others = stack.pids().keySet().stream()
                    .filter(unit -> !unit.endsWith("@" + holder))
                    .toList();
            assertThat(others).as("instances that do not hold the WebSocket").hasSize(2);
            disturb(stack, others.get(0), others.get(1));
            echo(socket, "after");
            assertThat(stack.pids()).as("units that run").hasSize(3);
            assertThat(stack.complaints()).isEmpty();
        }
    }

    private static void disturb(Stack stack, String killed, String restarted) {
        Deadline length = Deadline.inSeconds(SECONDS);
        try (Load load = new Load(stack.port, CONNECTIONS)) {
            Deadline.inSeconds(60).await("the load to begin", () -> load.answers() > CONNECTIONS);
            for (int round = 0; round < 5; round++) {
                stack.killAndAwaitReturn(killed);
                stack.say("reload");
                if (round == 2) {
                    stack.say("restart", restarted);
                }
                stack.say("reload");
            }
            while (!length.passed()) {
                stack.pids();
            }
            List<String> failures = load.stop();
            assertThat(failures)
                    .as("failures beside %d answers", load.answers())
                    .isEmpty();
            System.out.println("under load: " + load.answers() + " answers, no failure");
        }
    }

    /// Turns a connection into a WebSocket and tells which instance holds the other end.
    private static String upgraded(Wire wire) {
        wire.send("""
                GET /ws HTTP/1.1
                Host: localhost
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                """);
        Reply reply = wire.reply();
        assertThat(reply.status()).isEqualTo(101);
        return reply.header("X-Instance").orElseThrow();
    }

    /// Sends a short text, masked with zeros, and expects it back.
    private static void echo(Wire wire, String text) {
        byte[] content = text.getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[content.length + 6];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | content.length);
        System.arraycopy(content, 0, frame, 6, content.length);
        wire.sendRaw(Integer.MAX_VALUE, frame);
        String answer = new String(wire.bytes(content.length + 2), StandardCharsets.ISO_8859_1);
        assertThat(answer).endsWith(text);
    }
}
