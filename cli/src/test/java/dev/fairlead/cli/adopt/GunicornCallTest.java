package dev.fairlead.cli.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GunicornCallTest {
    private static Optional<Path> nothingIsHere(String program) {
        return Optional.empty();
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/bin/gunicorn -w 3 shop:app",
                "gunicorn3 -w 3 shop:app",
                "/srv/venv/bin/python -m gunicorn -w 3 shop:app",
                "python3.11 -u -W ignore -m gunicorn.app.wsgiapp -w 3 shop:app",
                "/usr/bin/python3 /srv/venv/bin/gunicorn -w 3 shop:app",
                "/usr/bin/env MODE=live gunicorn -w 3 shop:app",
                "env python3 -m gunicorn -w 3 shop:app",
            })
    void gunicornIsKnownHoweverItIsStarted(String line) {
        GunicornCall call = read(line).orElseThrow();
        assertThat(call.words()).containsExactly("-w", "3", "shop:app");
        assertThat(call.isThere()).isFalse();
        assertThat(call.variables()).isEqualTo(line.contains("MODE") ? Map.of("MODE", "live") : Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/bin/gunicornctl -w 3 shop:app",
                "/usr/bin/uwsgi --http :80",
                "/bin/sh -c 'gunicorn shop:app'",
                "python3 -m uvicorn shop:app",
                "python3 -c 'import gunicorn'",
                "python3 run.py gunicorn",
                "env -i gunicorn shop:app",
                "env",
                "python3",
            })
    void whateverElseIsStartedIsLeftAlone(String line) {
        assertThat(read(line)).isEmpty();
    }

    @Test
    void theInterpreterIsTheOneOfItsFirstLineOrElseTheOneBesideIt() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("venv/bin"));
        Path python = Files.createSymbolicLink(bin.resolve("python"), Path.of("/bin/sh"));
        Path script = Files.writeString(bin.resolve("gunicorn"), "#!" + python + "\nimport sys\n");
        GunicornCall installed = GunicornCall.of(List.of(script.toString(), "a:b"), name -> Optional.of(Path.of(name)))
                .orElseThrow();
        assertThat(installed.isThere()).isTrue();
        assertThat(installed.python()).contains(python);
        GunicornCall missing = GunicornCall.of(List.of(script.toString(), "a:b"), GunicornCallTest::nothingIsHere)
                .orElseThrow();
        assertThat(missing.isThere()).isFalse();
        assertThat(missing.python()).contains(python);
    }

    /// Words as a unit would have them: split at spaces, quotes around one that holds some.
    private static Optional<GunicornCall> read(String line) {
        int quote = line.indexOf('\'');
        List<String> words = new ArrayList<>(
                List.of((quote < 0 ? line : line.substring(0, quote).strip()).split(" ", -1)));
        if (quote >= 0) {
            words.add(line.substring(quote + 1, line.length() - 1));
        }
        return GunicornCall.of(words, GunicornCallTest::nothingIsHere);
    }
}
