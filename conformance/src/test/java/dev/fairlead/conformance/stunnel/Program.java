package dev.fairlead.conformance.stunnel;

import dev.fairlead.dialect.nginx.NginxDialect;
import dev.fairlead.dialect.nginx.NginxOptions;
import dev.fairlead.dialect.stunnel.Compiled;
import dev.fairlead.dialect.stunnel.StunnelDialect;
import dev.fairlead.dialect.stunnel.StunnelOptions;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.generation.PlanRefused;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.time.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What runs a configuration.
sealed interface Program extends AutoCloseable {
    @Override
    void close();

    /// One that Debian has.
    record Theirs(Process process) implements Program {
        static Theirs nginx(Path conf) throws IOException {
            return start("start worker process ", "nginx", "-e", "stderr", "-c", conf.toString());
        }

        static Theirs stunnel(Path conf) throws IOException {
            return start("Configuration successful", "stunnel4", conf.toString());
        }

        /// @param sign what it says when it has started
        private static Theirs start(String sign, String... command) throws IOException {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            await(process, sign);
            return new Theirs(process);
        }

        @Override
        public void close() {
            end(process);
        }
    }

    /// The same configuration run by us.
    record Ours(Engine engine) implements Program {
        static Ours nginx(Path conf) throws IOException {
            var compiled = NginxDialect.compile(conf, NginxOptions.debian());
            return start(compiled.plan(), compiled.diagnostics());
        }

        static Ours stunnel(Path conf) throws IOException {
            Compiled compiled = StunnelDialect.compile(conf, StunnelOptions.here());
            return start(compiled.plan(), compiled.diagnostics());
        }

        private static Ours start(Optional<Plan> plan, List<Diagnostic> diagnostics) throws IOException {
            try {
                return new Ours(
                        Engine.start(plan.orElseThrow(() -> new IOException(diagnostics.toString())), Clock.system()));
            } catch (PlanRefused refused) {
                throw new IOException(refused.problems().render(), refused);
            }
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    private static void await(Process process, String sign) throws IOException {
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            if (line.contains(sign)) {
                Thread.ofVirtual().start(() -> drain(said));
                return;
            }
        }
        throw new IOException("it does not start:\n" + all);
    }

    private static void drain(BufferedReader said) {
        try {
            said.transferTo(Writer.nullWriter());
        } catch (IOException closed) {
            return;
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
