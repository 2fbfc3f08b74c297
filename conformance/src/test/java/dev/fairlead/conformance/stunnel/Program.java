package dev.fairlead.conformance.stunnel;

import dev.fairlead.dialect.nginx.NginxDialect;
import dev.fairlead.dialect.nginx.NginxOptions;
import dev.fairlead.dialect.stunnel.Compiled;
import dev.fairlead.dialect.stunnel.StunnelDialect;
import dev.fairlead.dialect.stunnel.StunnelOptions;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.generation.PlanRefused;
import dev.fairlead.time.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// What runs a configuration.
sealed interface Program extends AutoCloseable {
    @Override
    void close();

    /// Debian's nginx.
    record Nginx(Process process) implements Program {
        static Nginx start(Path conf) throws IOException {
            Process process = new ProcessBuilder("nginx", "-e", "stderr", "-c", conf.toString())
                    .redirectErrorStream(true)
                    .start();
            await(process, "start worker process ");
            return new Nginx(process);
        }

        @Override
        public void close() {
            end(process);
        }
    }

    /// The same configuration of nginx run by us.
    record OursAsNginx(Engine engine) implements Program {
        static OursAsNginx start(Path conf) throws IOException {
            var compiled = NginxDialect.compile(conf, NginxOptions.debian());
            try {
                return new OursAsNginx(Engine.start(
                        compiled.plan()
                                .orElseThrow(() ->
                                        new IOException(compiled.diagnostics().toString())),
                        Clock.system()));
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

    /// Debian's stunnel.
    record Real(Process process) implements Program {
        static Real start(Path conf) throws IOException {
            Process process = new ProcessBuilder("stunnel4", conf.toString())
                    .redirectErrorStream(true)
                    .start();
            await(process, "Configuration successful");
            return new Real(process);
        }

        @Override
        public void close() {
            end(process);
        }
    }

    /// Ours.
    record Ours(Engine engine) implements Program {
        static Ours start(Path conf) throws IOException {
            Compiled compiled = StunnelDialect.compile(conf, StunnelOptions.here());
            try {
                return new Ours(Engine.start(
                        compiled.plan()
                                .orElseThrow(() ->
                                        new IOException(compiled.diagnostics().toString())),
                        Clock.system()));
            } catch (PlanRefused refused) {
                throw new IOException(refused.problems().render(), refused);
            }
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
