package dev.fairlead.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// A dialect's golden configurations: those in `good` have a plan, those in `broken` have none.
///
/// @param place the folder of both
/// @param ending of the configurations' names
/// @param compile a file's name and text to what comes of it
public record GoldenFolder<P>(Path place, String ending, BiFunction<String, String, Outcome<P>> compile) {
    /// Where the text breaks off, every so many characters.
    private static final int STRIDE = 3;

    /// What came of a configuration.
    public record Outcome<P>(Optional<P> plan, List<Diagnostic> diagnostics) {
        private String told() {
            Problems problems = new Problems();
            diagnostics.forEach(problems::add);
            return problems.isEmpty() ? "" : problems.render() + "\n";
        }
    }

    /// Each is explained as its `.expected` says.
    public List<DynamicTest> broken() {
        return Golden.cases(place.resolve("broken"), ending, ".expected", input -> {
            Outcome<P> outcome = outcome(input);
            assertThat(outcome.plan()).isEmpty();
            return outcome.told();
        });
    }

    /// Each becomes the plan that its `.expected` shows.
    public List<DynamicTest> good(Function<P, String> shown) {
        return Golden.cases(place.resolve("good"), ending, ".expected", input -> {
            Outcome<P> outcome = outcome(input);
            assertThat(outcome.plan()).as(outcome.told()).isPresent();
            return outcome.told() + shown.apply(outcome.plan().orElseThrow());
        });
    }

    /// Compiles the beginnings of all: what is half written must not end the program.
    public void compileBeginnings() throws IOException {
        for (String folder : List.of("good", "broken")) {
            try (Stream<Path> inputs = Files.list(place.resolve(folder))) {
                for (Path input :
                        inputs.filter(path -> path.toString().endsWith(ending)).toList()) {
                    String text = Files.readString(input);
                    for (int length = 0; length < text.length(); length += STRIDE) {
                        assertThat(compile.apply(name(input), text.substring(0, length))
                                        .diagnostics())
                                .isNotNull();
                    }
                }
            }
        }
    }

    private Outcome<P> outcome(Path input) throws IOException {
        return compile.apply(name(input), Files.readString(input));
    }

    private static String name(Path input) {
        return String.valueOf(input.getFileName());
    }
}
