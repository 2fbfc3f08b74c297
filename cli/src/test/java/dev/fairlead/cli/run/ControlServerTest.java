package dev.fairlead.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.cli.control.ControlClient;
import dev.fairlead.cli.control.SocketFolder;
import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.control.StackCommand;
import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ControlServerTest {
    private static final Path LOCATION = Path.of("/srv/shop");

    private final ScriptedStack stack = new ScriptedStack();
    private final SocketFolder folder;
    private final ControlServer server;
    private final ControlClient client;

    ControlServerTest(@TempDir Path temporary) throws IOException {
        folder = new SocketFolder(temporary.resolve("run"));
        server = ControlServer.start(folder, LOCATION, stack, Clock.system());
        client = new ControlClient(server.path());
    }

    @BeforeEach
    void onlyItsOwnerMayOpenTheSocket() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.path())))
                .isEqualTo("rw-------");
    }

    @AfterEach
    void theSocketGoesWithTheServer() {
        server.close();
        assertThat(server.path()).doesNotExist();
    }

    @Test
    void statusIsJsonForProgramsAndTextForPeople() throws IOException {
        assertThat(client.ask("GET", "/status", false).body()).startsWith("{\"name\":\"shop\"");
        assertThat(client.ask("GET", "/status", true).body()).startsWith("shop  /srv/shop\n");
    }

    @Test
    void aCommandThatFailsIsAConflictWithItsReason() throws IOException {
        stack.answer(new Outcome.Failed("shop.conf:3:1: error: unknown directive"));
        ControlClient.Reply reply = client.ask("POST", "/reload", true);
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.body()).isEqualTo("shop.conf:3:1: error: unknown directive\n");
        assertThat(stack.commands()).containsExactly(new StackCommand.Reload());
    }

    @Test
    void aUnitIsNamedEncoded() throws IOException {
        stack.answer(new Outcome.Done("restarted"));
        ControlClient.Reply reply = client.ask("POST", "/units/app%402.service/restart", false);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"done\":true,\"message\":\"restarted\"}\n");
        assertThat(stack.commands())
                .containsExactly(new StackCommand.ForUnit(new UnitCommand.Restart("app@2.service")));
    }

    @Test
    void anUnknownUnitIsNotFound() throws IOException {
        stack.answer(new Outcome.Unknown("no unit nope.service"));
        assertThat(client.ask("POST", "/units/nope/restart", true).status()).isEqualTo(404);
    }

    @Test
    void whatIsNoRequestIsRefused() throws IOException {
        assertThat(client.ask("GET", "/reload", true).status()).isEqualTo(405);
        assertThat(client.ask("GET", "/nothing", true).status()).isEqualTo(404);
    }

    @Test
    void logsEndWhenNothingIsFollowed() throws IOException {
        assertThat(client.ask("GET", "/logs?unit=app&lines=3", true).body())
                .endsWith(" app.service[7]: first of app and 3\n");
        assertThat(client.ask("GET", "/logs", false).body())
                .isEqualTo("{\"atMillis\":0,\"unit\":\"app.service\",\"identifier\":\"app\",\"pid\":7,\"priority\":6,"
                        + "\"text\":\"first of all and 100\"}\n");
    }

    @Test
    void followedLogsComeAsTheyArePrintedUntilTheReaderLeaves() throws IOException, InterruptedException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(server.path()));
            channel.write(ByteBuffer.wrap("GET /logs?follow HTTP/1.1\r\nHost: x\r\nAccept: text/plain\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII)));
            assertThat(stack.followed().await(60, TimeUnit.SECONDS)).isTrue();
            readUntil(channel, "first of all");
            stack.print("hello");
            readUntil(channel, "app.service[7]: hello\n");
        }
        assertThat(stack.unfollowed().await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aStackIsNotStartedTwice() {
        assertThatThrownBy(() -> ControlServer.start(folder, LOCATION, stack, Clock.system()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("already running: /srv/shop");
    }

    private static void readUntil(SocketChannel channel, String wanted) throws IOException {
        StringBuilder seen = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (seen.indexOf(wanted) < 0) {
            buffer.clear();
            assertThat(channel.read(buffer)).as(seen.toString()).isPositive();
            seen.append(StandardCharsets.UTF_8.decode(buffer.flip()));
        }
    }
}
