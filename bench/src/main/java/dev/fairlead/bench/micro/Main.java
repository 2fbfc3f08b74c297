package dev.fairlead.bench.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// `bench/micro`: runs the benchmarks and writes their page.
public final class Main {
    private static final String USAGE = """
            usage: bench/micro [--quick] [--page FILE] [PATTERN...]
            Runs the benchmarks whose names match, or all, and writes their figures to the page if all were run.
              --quick      a third of the time, less exact; the page stays as it is
              --page FILE  in place of docs/performance/micro.md
            """;

    /// What the program runs with.
    private static final String[] FLAGS = {
        "-XX:+UseSerialGC",
        "-XX:+UseCompactObjectHeaders",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dio.netty.leakDetection.level=disabled"
    };

    private Main() {}

    /// @param args the page that is written unless another is named, then as in the usage
    public static void main(String[] args) throws RunnerException, IOException {
        Path page = Path.of(args[0]);
        boolean isQuick = false;
        List<String> patterns = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            if (args[i].equals("--quick")) {
                isQuick = true;
            } else if (args[i].equals("--page") && i + 1 < args.length) {
                page = Path.of(args[++i]);
            } else if (args[i].startsWith("-")) {
                System.err.print(USAGE);
                Runtime.getRuntime().halt(2);
            } else {
                patterns.add(args[i]);
            }
        }
        String text = new Page(run(isQuick, patterns)).text();
        System.out.println(text);
        if (!isQuick && patterns.isEmpty()) {
            Files.createDirectories(page.toAbsolutePath().getParent());
            Files.writeString(page, text);
        }
    }

    private static Collection<RunResult> run(boolean isQuick, List<String> patterns) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(isQuick ? 1 : 2)
                .warmupIterations(isQuick ? 2 : 3)
                .warmupTime(TimeValue.milliseconds(isQuick ? 200 : 300))
                .measurementIterations(isQuick ? 2 : 5)
                .measurementTime(TimeValue.milliseconds(isQuick ? 200 : 300))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .jvmArgsAppend(FLAGS);
        for (String pattern : patterns) {
            options = options.include(pattern);
        }
        return new Runner(options.build()).run();
    }
}
