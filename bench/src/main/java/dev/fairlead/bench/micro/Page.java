package dev.fairlead.bench.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/// The figures of benchmarks as a page of the documentation.
final class Page {
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    /// Less is what JMH itself leaves, spread over all operations.
    private static final double NOTHING = 0.5;

    private final Collection<RunResult> results;

    Page(Collection<RunResult> results) {
        this.results = results;
    }

    String text() {
        StringBuilder text = new StringBuilder("""
                # Single parts

                What single parts of the engine take, by [JMH](https://github.com/openjdk/jmh), in nanoseconds and in bytes allocated for
                each operation. Written by `bench/micro`; do not edit.

                """);
        text.append(machine()).append("\n\n");
        text.append("| part | of | ns | ± | bytes |\n|---|---|---:|---:|---:|\n");
        results.forEach(result -> text.append(row(result)));
        text.append("""

                `HeadParsing` reads the head of a request, of 40 bytes or of a browser's 700. `Routing` reads a small head and finds one of so
                many hosts or locations, which answers 204: what it takes with 10 beside what it takes with 10,000 is the cost of
                choosing. `HeaderRewriting` writes a browser's head to another server with five fields of the configuration, and reads that
                server's answer. `TemplateEvaluation` makes texts of variables: one that is there already, the client's address behind
                those of proxies, a URL of three, and six of which three have to be cut out of the head. `MarshalEncoding` writes the
                environ (SYNC) or scope (ASGI) of a request for its worker.

                The bytes of `Routing` are the texts of names and paths that a loop did not remember: it has room for 1,024 names and 1,024 paths,
                and 256 are asked for in turn. A site whose requests name fewer allocates nothing.
                """);
        return text.toString();
    }

    private static String row(RunResult result) {
        BenchmarkParams params = result.getParams();
        String name = params.getBenchmark();
        String part = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
        String of = params.getParamsKeys().stream().map(params::getParam).collect(Collectors.joining(" "));
        Result<?> time = result.getPrimaryResult();
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        double bytes = allocated == null ? Double.NaN : allocated.getScore();
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %.0f | %.0f | %s |%n",
                part,
                of,
                time.getScore(),
                time.getScoreError(),
                bytes < NOTHING ? "0" : String.format(Locale.ROOT, "%.0f", bytes));
    }

    private static String machine() {
        Runtime runtime = Runtime.getRuntime();
        return String.format(
                Locale.ROOT,
                "On %s (%d processors), Java %s, Linux %s.",
                processor(),
                runtime.availableProcessors(),
                Runtime.version(),
                System.getProperty("os.version"));
    }

    private static String processor() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
            return lines.stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("an unknown processor");
        } catch (IOException e) {
            return "an unknown processor";
        }
    }
}
