package dev.fairlead.conformance.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Who operates one of the two programs through its runtime sockets, `admin.sock` and `user.sock` in its folder.
final class Operator implements AutoCloseable {
    private static final int STARTING_SECONDS = 60;
    private static final String AS_USER = "user: ";

    private final ProcessUnderTest process;
    private final RuntimeSocket admin;
    private final RuntimeSocket user;

    private Operator(ProcessUnderTest process, Path folder) {
        this.process = process;
        admin = new RuntimeSocket(folder.resolve("admin.sock"));
        user = new RuntimeSocket(folder.resolve("user.sock"));
    }

    /// Starts the program, and returns once it listens.
    ///
    /// @param port one of those it is to listen on
    static Operator of(Balancer.Kind kind, Path folder, String config, int port) throws IOException {
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), config);
        Operator operator =
                new Operator(ProcessUnderTest.start(folder, Map.of(), Balancer.command(kind, file)), folder);
        try {
            Ports.awaitListening(port, Deadline.inSeconds(STARTING_SECONDS));
            operator.await("the sockets of " + kind, () -> Files.exists(operator.user.path()));
        } catch (AssertionError failed) {
            operator.close();
            throw failed;
        }
        return operator;
    }

    void await(String what, BooleanSupplier claim) {
        Deadline.inSeconds(STARTING_SECONDS).await(what, claim);
    }

    /// What a command is answered with, which runs as a mere user behind `user: `.
    String ask(String command) {
        String answer =
                command.startsWith(AS_USER) ? user.ask(command.substring(AS_USER.length())) : admin.ask(command);
        assertThat(process.running()).as(process.output()).isTrue();
        return answer;
    }

    @Override
    public void close() {
        process.close();
    }

    /// Answers of a program to whatever it is asked, by what that was.
    interface Session {
        Map<String, String> with(Balancer.Kind kind) throws IOException;
    }

    /// Has a session with each of the programs.
    ///
    /// @return a test for each answer of HAProxy, that Fairlead's is the same
    static Stream<DynamicTest> compare(Session session) throws IOException {
        Map<Balancer.Kind, Map<String, String>> answers = new EnumMap<>(Balancer.Kind.class);
        for (Balancer.Kind kind : Balancer.Kind.values()) {
            answers.put(kind, session.with(kind));
        }
        Map<String, String> theirs = answers.getOrDefault(Balancer.Kind.HAPROXY, Map.of());
        Map<String, String> ours = answers.getOrDefault(Balancer.Kind.FAIRLEAD, Map.of());
        return theirs.keySet().stream()
                .map(asked -> DynamicTest.dynamicTest(
                        asked, () -> assertThat(ours.get(asked)).isEqualTo(theirs.get(asked))));
    }
}
