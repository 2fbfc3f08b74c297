package dev.fairlead.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonSideTest {
    @TempDir
    private Path folder;

    @Test
    void everyFileIsThereAndTheSecondTimeNothingIsWritten() throws IOException {
        Path first = PythonSide.unpack(folder);
        assertThat(PythonSide.unpack(folder)).isEqualTo(first);
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(first);
        }
        assertThat(names(first.resolve("fairlead_worker")))
                .isEqualTo(names(Path.of("src/main/resources/dev/fairlead/worker/python/fairlead_worker")));
    }

    private static List<String> names(Path of) throws IOException {
        try (Stream<Path> all = Files.list(of)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".py"))
                    .sorted()
                    .toList();
        }
    }
}
