package dev.fairlead.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

class PageTest {
    /// Once each, in this process: that they run, not how fast.
    @Test
    void everyBenchmarkRunsAndHasARow() throws RunnerException {
        System.setProperty("jmh.ignoreLock", "true");
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .forks(0)
                        .mode(Mode.SingleShotTime)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .param("choices", "10")
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        List<String> rows = new Page(results)
                .text()
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(rows)
                .hasSize(14)
                .anyMatch(row -> row.startsWith("| `HeadParsing.parse` | browser | "))
                .anyMatch(row -> row.startsWith("| `Routing.route` | hosts 10 | "))
                .anyMatch(row -> row.startsWith("| `HeaderRewriting.request` |"))
                .anyMatch(row -> row.startsWith("| `TemplateEvaluation.evaluate` | many | "))
                .anyMatch(row -> row.startsWith("| `MarshalEncoding.encode` | browser ASGI | "));
    }
}
