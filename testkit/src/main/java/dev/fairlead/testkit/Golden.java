package dev.fairlead.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;

/// Compares results with files that hold what is expected.
///
/// With `-Dgolden.update=true` the files are written instead; the difference then shows in version control and is
/// judged there.
public final class Golden {
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    /// Turns a case's input file into the text its golden file should hold.
    @FunctionalInterface
    public interface Subject {
        String result(Path input) throws IOException;
    }

    private Golden() {}

    /// Claims that `expected` holds exactly `actual`.
    public static void check(Path expected, String actual) {
        try {
            if (UPDATE) {
                Files.createDirectories(expected.toAbsolutePath().getParent());
                Files.writeString(expected, actual);
                return;
            }
            Assertions.assertThat(Files.exists(expected))
                    .as("golden file %s exists (write it with -Dgolden.update=true)", expected)
                    .isTrue();
            Assertions.assertThat(actual).as("golden file %s", expected).isEqualTo(Files.readString(expected));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// One test for each file in `folder` (or below) whose name ends in `inputSuffix`; what is expected stands
    /// beside it, with `expectedSuffix` instead.
    public static List<DynamicTest> cases(Path folder, String inputSuffix, String expectedSuffix, Subject subject) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(inputSuffix))
                    .sorted()
                    .map(input -> DynamicTest.dynamicTest(
                            folder.relativize(input).toString(),
                            input.toUri(),
                            () -> check(sibling(input, inputSuffix, expectedSuffix), subject.result(input))))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path sibling(Path input, String inputSuffix, String expectedSuffix) {
        String name = input.getFileName().toString();
        return input.resolveSibling(name.substring(0, name.length() - inputSuffix.length()) + expectedSuffix);
    }
}
