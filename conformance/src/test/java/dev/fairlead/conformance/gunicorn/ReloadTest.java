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

    /// Whether an answer comes soon.
    private static boolean isAnswered(Caller caller, String wanted) {
        Deadline soon = Deadline.inSeconds(10);
        while (!Caller.get(caller.socket("s"), "/").contains(wanted)) {
            if (soon.passed()) {
                return false;
            }
            LockSupport.parkNanos(50_000_000);
        }
        return true;
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
            write(caller, "shop.py", application("second"));
            await(caller, "second uno!");
            write(caller, "word.py", "WORD = 'secundo'\n");
            await(caller, "second secundo!");
            write(caller, "template", "!!!");
            await(caller, "second secundo!!!");
            server.process()
                    .awaitLine(
                            "which file it was",
                            line -> line.contains("Worker reloading: ") && line.endsWith("template modified"),
                            Deadline.inSeconds(60));
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
            write(caller, "shop.py", application("mended"));
            if (kind == AppServer.Kind.GUNICORN && !isAnswered(caller, "mended uno!")) {
                // It does not see what has changed before its first look, which may be late.
                write(caller, "shop.py", application("mended") + "# and again\n");
            }
            await(caller, "mended uno!");
            if (kind == AppServer.Kind.FAIRLEAD) {
                // gunicorn knows mistakes of syntax alone, and ends at others.
                write(caller, "word.py", "WORD = unknown\n");
                await(caller, "NameError: name 'unknown' is not defined");
                write(caller, "word.py", "WORD = 'now known'\n");
                await(caller, "mended now known!");
            }
            server.process().signal("TERM");
            assertThat(server.process().awaitExit(Deadline.inSeconds(60))).isZero();
        }
    }
}
