package dev.fairlead.conformance.gunicorn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `--reload`, as it is used while somebody works on an application, under both programs.
class ReloadTest {
    @TempDir
    Path scratch;

    private static void write(Caller caller, String file, String text) throws IOException {
        Path path = caller.folder().resolve(file);
        boolean isNew = !Files.exists(path);
        Files.writeString(path, text);
        if (!isNew) {
            // Two changes within one tick of the file system's clock are two changes all the same.
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().plusSeconds(text.length())));
        }
    }

    private static void await(Caller caller, String wanted) {
        Deadline.inSeconds(60)
                .await(
                        "the answer " + wanted,
                        () -> Caller.get(caller.socket("s"), "/").contains(wanted));
    }

    /// Changes a file of the application and waits until that is told and answered. The real gunicorn does not see
    /// what changes before the first look of a worker, which comes behind its first answers: there the file changes
    /// again where it was missed.
    private static void change(Caller caller, AppServer server, String file, String text, String wanted)
            throws IOException {
        write(caller, file, text);
        Deadline deadline = Deadline.inSeconds(60);
        Deadline look = Deadline.inSeconds(10);
        while (!isTold(server, file) || !Caller.get(caller.socket("s"), "/").contains(wanted)) {
            if (deadline.passed()) {
                throw deadline.missed("the answer " + wanted + " of the changed " + file + "; the output was:\n"
                        + server.process().output());
            }
            if (caller.kind() == AppServer.Kind.GUNICORN && look.passed()) {
                look = Deadline.inSeconds(10);
                Path path = caller.folder().resolve(file);
                Instant before = Files.getLastModifiedTime(path).toInstant();
                Files.setLastModifiedTime(path, FileTime.from(before.plusSeconds(60)));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static boolean isTold(AppServer server, String file) {
        return server.process()
                .output()
                .lines()
                .anyMatch(line -> line.contains("Worker reloading: ") && line.endsWith(file + " modified"));
    }

    private static String application(String answer) {
        return """
                import word

                def app(environ, start_response):
                    start_response("200 OK", [("Content-Type", "text/plain")])
                    return [("%s " + word.WORD + open("template").read()).encode()]
                """.formatted(answer);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsChangedIsSeenAtOnce(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind);
        write(caller, "shop.py", application("one"));
        write(caller, "word.py", "WORD = 'uno'\n");
        write(caller, "template", "!");
        try (AppServer server =
                caller.start("-b", "unix:s", "-w", "2", "--reload", "--reload-extra-file", "template", "shop:app")) {
            await(caller, "one uno!");
            change(caller, server, "shop.py", application("second"), "second uno!");
            change(caller, server, "word.py", "WORD = 'secundo'\n", "second secundo!");
            change(caller, server, "template", "!!!", "second secundo!!!");
            server.process().signal("TERM");
            assertThat(server.process().awaitExit(Deadline.inSeconds(60))).isZero();
        }
    }

    /// The mistake is shown where the work is looked at, and goes once it is mended.
    @ParameterizedTest
    @EnumSource
    void aMistakeIsShownUntilItIsMended(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind);
        write(caller, "shop.py", "def app(environ, start_response)\n");
        write(caller, "word.py", "WORD = 'uno'\n");
        write(caller, "template", "!");
        try (AppServer server = caller.start("-b", "unix:s", "--reload", "shop:app")) {
            await(caller, ", in import_module\n");
            change(caller, server, "shop.py", application("mended"), "mended uno!");
            if (kind == AppServer.Kind.FAIRLEAD) {
                // gunicorn knows mistakes of syntax alone, and ends at others.
                change(caller, server, "word.py", "WORD = unknown\n", "NameError: name 'unknown' is not defined");
                change(caller, server, "word.py", "WORD = 'now known'\n", "mended now known!");
            }
            server.process().signal("TERM");
            assertThat(server.process().awaitExit(Deadline.inSeconds(60))).isZero();
        }
    }
}
