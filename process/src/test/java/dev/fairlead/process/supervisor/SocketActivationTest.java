package dev.fairlead.process.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.service.Dependencies;
import dev.fairlead.model.service.Relation;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.SocketUnit;
import dev.fairlead.model.service.TriggerLimit;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.UnitRules;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.UnitSource;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.Commands;
import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.lifecycle.KillPolicy;
import dev.fairlead.model.service.socket.Activation;
import dev.fairlead.model.service.socket.ListenPoint;
import dev.fairlead.model.service.socket.ListenPoint.Kind;
import dev.fairlead.model.service.socket.SocketCommands;
import dev.fairlead.model.service.socket.SocketFiles;
import dev.fairlead.model.service.socket.SocketSettings;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.testkit.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sockets that are open before the service behind them runs.
@Timeout(180)
class SocketActivationTest {
    private static final TriggerLimit USUAL = new TriggerLimit(Duration.ofSeconds(2), 20);
    /// Answers each connection with what it was told about its sockets.
    private static final String ANSWERS = """
            import os, socket
            own = os.environ["LISTEN_PID"] == str(os.getpid())
            first = socket.socket(fileno=3)
            print("up", flush=True)
            while True:
                connection, _ = first.accept()
                connection.recv(100)
                text = "%s %s %s %d" % (own, os.environ["LISTEN_FDS"], os.environ["LISTEN_FDNAMES"], os.getpid())
                connection.sendall(text.encode())
                connection.close()
            """;

    @TempDir
    Path folder;

    private static Command python(String script) {
        return Command.of(Stage.ORIGIN, "/usr/bin/python3", "-c", script);
    }

    private static Service answering(String name) {
        return new Stage.Sample(name, Commands.of(python(ANSWERS))).build();
    }

    private SocketUnit socket(String name, Activation activation, TriggerLimit limit, ListenPoint... points) {
        return new SocketUnit(
                name,
                name,
                activation instanceof Activation.OneService one
                        ? Dependencies.of(Relation.BEFORE, one.service())
                        : Dependencies.NONE,
                UnitRules.NONE,
                List.of(points),
                activation,
                SocketSettings.DEFAULT,
                SocketFiles.DEFAULT,
                name,
                limit,
                SocketCommands.NONE,
                Execution.DEFAULT,
                KillPolicy.DEFAULT,
                List.of(),
                Stage.ORIGIN);
    }

    private SocketUnit socket(String name, String service, ListenPoint... points) {
        return socket(name, new Activation.OneService(service, false), USUAL, points);
    }

    private ListenPoint.UnixPath path(String name) {
        return new ListenPoint.UnixPath(Kind.STREAM, folder.resolve(name), Stage.ORIGIN);
    }

    private static Stage only(List<Unit> units, UnitSource onDemand, String... enabled) {
        return new Stage(SupervisorOptions.GUEST, new UnitSet(units, Set.of(enabled), onDemand));
    }

    private static Stage only(List<Unit> units, String... enabled) {
        return only(units, UnitSource.NONE, enabled);
    }

    private static String ask(SocketChannel connection) throws IOException {
        connection.write(ByteBuffer.wrap("hello\n".getBytes(StandardCharsets.UTF_8)));
        return new String(Channels.newInputStream(connection).readAllBytes(), StandardCharsets.UTF_8);
    }

    private SocketChannel connect(String name) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(folder.resolve(name)));
        return channel;
    }

    @Test
    void firstConnectionStartsTheServiceAndIsAnswered() throws IOException {
        SocketUnit socket = socket("app.socket", "app.service", path("deep/app.sock"));
        try (Stage stage = only(List.of(socket, answering("app.service")), "app.socket")) {
            assertThat(stage.awaitActivity("app.socket", Activity.ACTIVE).subState())
                    .isEqualTo("listening");
            assertThat(stage.status("app.service").activity()).isEqualTo(Activity.INACTIVE);
            try (SocketChannel connection = connect("deep/app.sock")) {
                assertThat(ask(connection)).startsWith("True 1 app.socket ");
            }
            assertThat(stage.awaitActivity("app.service", Activity.ACTIVE).subState())
                    .isEqualTo("running");
            assertThat(stage.status("app.socket").subState()).isEqualTo("running");
        }
    }

    @Test
    void connectionsWaitWhileTheServiceIsRestarted() throws IOException {
        SocketUnit socket = socket("app.socket", "app.service", path("app.sock"));
        try (Stage stage = only(List.of(socket, answering("app.service")), "app.socket", "app.service")) {
            stage.awaitLine("app.service", "up");
            String before = stage.status("app.service").mainPid().toString();
            try (SocketChannel first = connect("app.sock")) {
                assertThat(ask(first)).startsWith("True 1 app.socket ");
            }
            stage.tell(new UnitCommand.Restart("app.service"));
            try (SocketChannel second = connect("app.sock")) {
                assertThat(ask(second)).startsWith("True 1 app.socket ");
            }
            assertThat(stage.status("app.service").mainPid().toString()).isNotEqualTo(before);
        }
    }

    @Test
    void connectionAfterAStopStartsTheServiceAgain() throws IOException {
        SocketUnit socket = socket("app.socket", "app.service", path("app.sock"));
        try (Stage stage = only(List.of(socket, answering("app.service")), "app.socket", "app.service")) {
            stage.awaitLine("app.service", "up");
            stage.tell(new UnitCommand.Stop("app.service"));
            stage.awaitActivity("app.service", Activity.INACTIVE);
            try (SocketChannel connection = connect("app.sock")) {
                assertThat(ask(connection)).startsWith("True 1 ");
            }
        }
    }

    @Test
    void serviceStartedByHandIsGivenAllSocketsThatAreForIt() throws IOException {
        SocketUnit one = socket("one.socket", "app.service", path("one.sock"), path("more.sock"));
        SocketUnit two = socket("two.socket", "app.service", path("two.sock"));
        try (Stage stage = only(List.of(one, two, answering("app.service")), "one.socket", "two.socket")) {
            stage.awaitActivity("one.socket", Activity.ACTIVE);
            stage.awaitActivity("two.socket", Activity.ACTIVE);
            stage.tell(new UnitCommand.Start("app.service"));
            try (SocketChannel connection = connect("one.sock")) {
                assertThat(ask(connection)).startsWith("True 3 one.socket:one.socket:two.socket ");
            }
        }
    }

    @Test
    void eachConnectionGetsAnInstanceOfItsOwn() throws IOException {
        int port = Ports.free();
        ListenPoint point = new ListenPoint.Inet(Kind.STREAM, Optional.of("127.0.0.1"), port, Stage.ORIGIN);
        SocketUnit socket = socket("echo.socket", new Activation.PerConnection("echo@.service", 64, 0), USUAL, point);
        UnitSource instances = name -> Optional.of(new Stage.Sample(name, Commands.of(python("""
                import os, socket
                connection = socket.socket(fileno=3)
                text = "%s %s %s" % (os.environ["LISTEN_FDNAMES"], os.environ["REMOTE_ADDR"], os.environ["REMOTE_PORT"])
                connection.sendall(connection.recv(100) + text.encode())
                """))).build());
        try (Stage stage = only(List.of(socket), instances, "echo.socket")) {
            stage.awaitActivity("echo.socket", Activity.ACTIVE);
            for (int i = 0; i < 2; i++) {
                try (SocketChannel connection =
                        SocketChannel.open(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                    int own = connection.socket().getLocalPort();
                    assertThat(ask(connection)).isEqualTo("hello\necho.socket 127.0.0.1 " + own);
                    String unit = "echo@" + i + "-127.0.0.1:" + port + "-127.0.0.1:" + own + ".service";
                    stage.awaitLine(unit, "Started " + unit);
                }
            }
        }
    }

    @Test
    void tooManyConnectionsAtOnceAreDropped() throws IOException {
        SocketUnit socket =
                socket("nap.socket", new Activation.PerConnection("nap@.service", 1, 0), USUAL, path("nap.sock"));
        UnitSource instances = name -> Optional.of(
                new Stage.Sample(name, Commands.of(python("import socket; socket.socket(fileno=3).recv(100)")))
                        .build());
        try (Stage stage = only(List.of(socket), instances, "nap.socket")) {
            stage.awaitActivity("nap.socket", Activity.ACTIVE);
            try (SocketChannel first = connect("nap.sock");
                    SocketChannel second = connect("nap.sock")) {
                assertThat(second.read(ByteBuffer.allocate(10))).isEqualTo(-1);
                stage.awaitLine("nap.socket", "Too many incoming connections (1), dropping connection.");
                assertThat(first.isConnected()).isTrue();
            }
        }
    }

    @Test
    void pipeThatIsWrittenToStartsTheService() throws IOException {
        Path pipe = folder.resolve("pipe");
        SocketUnit socket = socket("pipe.socket", "reader.service", new ListenPoint.Fifo(pipe, Stage.ORIGIN));
        Service reader = new Stage.Sample("reader.service", Commands.of(Stage.shell("head -n 1 <&3"))).build();
        try (Stage stage = only(List.of(socket, reader), "pipe.socket")) {
            stage.awaitActivity("pipe.socket", Activity.ACTIVE);
            Files.writeString(pipe, "through the pipe\n");
            stage.awaitLine("reader.service", "through the pipe");
        }
    }

    @Test
    void serviceThatNeverTakesItsConnectionIsNotStartedForEver() throws IOException {
        SocketUnit socket = socket(
                "app.socket",
                new Activation.OneService("app.service", false),
                new TriggerLimit(Duration.ofMinutes(1), 3),
                path("app.sock"));
        Service leaves = new Stage.Sample("app.service", Commands.of(Stage.shell("exit 0"))).build();
        try (Stage stage = only(List.of(socket, leaves), "app.socket")) {
            stage.awaitActivity("app.socket", Activity.ACTIVE);
            try (SocketChannel connection = connect("app.sock")) {
                assertThat(connection.isConnected()).isTrue();
                assertThat(stage.awaitActivity("app.socket", Activity.FAILED).result())
                        .isEqualTo("trigger-limit-hit");
            }
        }
    }

    @Test
    void failedServiceThatMayNotBeStartedAgainTakesItsSocketAlong() throws IOException {
        SocketUnit socket = socket("app.socket", "app.service", path("app.sock"));
        Service fails = new Stage.Sample("app.service", Commands.of(Stage.shell("exit 1")))
                .startLimit(2)
                .build();
        try (Stage stage = only(List.of(socket, fails), "app.socket")) {
            stage.awaitActivity("app.socket", Activity.ACTIVE);
            try (SocketChannel connection = connect("app.sock")) {
                assertThat(connection.isConnected()).isTrue();
                assertThat(stage.awaitActivity("app.socket", Activity.FAILED).result())
                        .isEqualTo("service-start-limit-hit");
            }
        }
    }

    @Test
    void placeThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ListenPoint point =
                    new ListenPoint.Inet(Kind.STREAM, Optional.of("127.0.0.1"), taken.getLocalPort(), Stage.ORIGIN);
            try (Stage stage =
                    only(List.of(socket("a.socket", "a.service", point), answering("a.service")), "a.socket")) {
                assertThat(stage.awaitActivity("a.socket", Activity.FAILED)
                                .problem()
                                .orElseThrow())
                        .contains("127.0.0.1:" + taken.getLocalPort())
                        .contains("Address already in use")
                        .contains("test.service:1");
            }
        }
    }
}
