package dev.fairlead.engine.app;

import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.generation.EngineOptions;
import dev.fairlead.engine.generation.PlanRefused;
import dev.fairlead.engine.http1.Answering;
import dev.fairlead.engine.http1.TestSettings;
import dev.fairlead.model.app.Application;
import dev.fairlead.model.app.RequestView;
import dev.fairlead.model.app.WorkerKind;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.http.RequestBody;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.RuntimeOptions;
import dev.fairlead.model.stream.StreamPlan;
import dev.fairlead.source.Span;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Wire;
import dev.fairlead.time.Clock;
import dev.fairlead.worker.PythonSide;
import dev.fairlead.worker.WorkerEnd;
import dev.fairlead.worker.WorkerGate;
import dev.fairlead.worker.WorkerId;
import dev.fairlead.worker.WorkerWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// An engine that hands every request to real Python workers of one application, forked by a real zygote. What a
/// master does is done here by a shell: it opens the pipe of commands and says them all beforehand.
final class RealWorkers implements AutoCloseable {
    private final Engine engine;
    private final ProcessUnderTest zygote;
    private final Connected watch;

    private RealWorkers(Engine engine, ProcessUnderTest zygote, Connected watch) {
        this.engine = engine;
        this.zygote = zygote;
        this.watch = watch;
    }

    /// @param code of the module `app`, which has an `application`
    static RealWorkers start(Path folder, WorkerKind kind, int workers, String code) throws Exception {
        return start(folder, Applications.of(kind, RequestView.DEFAULT), workers, code);
    }

    /// @param code of the module `app`, which has an `application`
    static RealWorkers start(Path folder, Application application, int workers, String code) throws Exception {
        Files.writeString(folder.resolve("app.py"), code);
        Engine engine = engine(application);
        WorkerGate gate = engine.workers();
        Connected watch = new Connected(workers);
        StringBuilder commands = new StringBuilder();
        set(commands, "target", application.target());
        set(commands, "kind", application.kind().word());
        set(commands, "threads", "4");
        set(commands, "connections", "1000");
        set(commands, "directory", folder.toString());
        set(commands, "timeout", "30");
        set(commands, "graceful_timeout", "30");
        gate.doors().forEach(door -> set(commands, "door", door));
        commands.append("load\n");
        for (int number = 1; number <= workers; number++) {
            String token = "%032x".formatted(number);
            gate.expect(new WorkerId("app", 1, number), token, 0, watch);
            commands.append("fork\t").append(number).append('\t').append(token).append("\t30\n");
        }
        Files.writeString(folder.resolve("commands"), commands);
        return admitted(engine, zygote(folder), watch, workers);
    }

    /// An engine whose only worker is a script.
    ///
    /// @param script a Python program that gets its token and the doors as arguments
    static RealWorkers scripted(Path folder, WorkerKind kind, String script) throws Exception {
        Engine engine = engine(Applications.of(kind, RequestView.DEFAULT));
        WorkerGate gate = engine.workers();
        Connected watch = new Connected(1);
        WorkerId worker = new WorkerId("app", 1, 1);
        String token = "%032x".formatted(1);
        gate.expect(worker, token, 0, watch);
        Files.writeString(folder.resolve("worker.py"), script);
        List<String> command = new ArrayList<>(List.of("python3", "worker.py", token));
        command.addAll(gate.doors());
        ProcessUnderTest process = ProcessUnderTest.start(folder, command.toArray(String[]::new));
        return admitted(engine, process, watch, 1);
    }

    private static RealWorkers admitted(Engine engine, ProcessUnderTest process, Connected watch, int workers) {
        try {
            watch.all.get(60, TimeUnit.SECONDS);
        } catch (Exception failed) {
            engine.close();
            process.kill();
            throw new AssertionError("the workers did not come in; they said:\n" + process.output(), failed);
        }
        for (int number = 1; number <= workers; number++) {
            engine.workers().admit(new WorkerId("app", 1, number));
        }
        return new RealWorkers(engine, process, watch);
    }

    private static ProcessUnderTest zygote(Path folder) throws IOException {
        Path side = PythonSide.unpack(folder.resolve("side")).resolve("fairlead_worker");
        return ProcessUnderTest.start(
                folder,
                "sh",
                "-c",
                "mkfifo pipe && exec 3<>pipe && cat commands >&3 && exec python3 " + side + " zygote 4>&1");
    }

    private static void set(StringBuilder commands, String name, String value) {
        commands.append("set\t").append(name).append('\t').append(value).append('\n');
    }

    private static Engine engine(Application application) throws PlanRefused {
        Span here = Span.builtIn();
        VirtualHost host = new VirtualHost(
                List.of(),
                Optional.empty(),
                Answering.READING,
                List.of(),
                TestSettings.with(
                        TestSettings.CONNECTION, new RequestBody(0, 16384, Duration.ofSeconds(60), "", false)),
                new Action.RunApplication("app", here),
                List.of(),
                here);
        HttpListener listener = new HttpListener(
                new Address.Tcp("127.0.0.1", 0), SocketOptions.DEFAULT, false, false, false, List.of(host), host, here);
        Plan plan = new Plan(
                new HttpPlan(List.of(listener), List.of(), 0, List.of()),
                StreamPlan.EMPTY,
                List.of(application),
                List.of(),
                RuntimeOptions.DEFAULT);
        return Engine.start(plan, EngineOptions.of(Clock.system()).loops(2));
    }

    int port() {
        return engine.boundAddresses().values().stream()
                .map(address -> address instanceof Address.Tcp tcp ? tcp.port() : 0)
                .findFirst()
                .orElseThrow();
    }

    Wire connect() {
        return Wire.connect(port());
    }

    /// What workers and zygote said so far.
    String output() {
        return zygote.output();
    }

    WorkerGate.Load load() {
        return engine.workers().load("app");
    }

    WorkerGate.Served served(int worker) {
        return engine.workers().served(new WorkerId("app", 1, worker));
    }

    /// Ends a worker as a master would, and says so to traffic once it has ended.
    void kill(int worker, WorkerEnd how) {
        ProcessUnderTest.signal("KILL", pid(worker));
        ended(worker, how);
    }

    /// Says to traffic how a worker ended, once it has.
    void ended(int worker, WorkerEnd how) {
        String begin = "exited\t" + worker + "\t";
        zygote.awaitLine("the end of worker " + worker, line -> line.startsWith(begin), Deadline.inSeconds(60));
        engine.workers().ended(new WorkerId("app", 1, worker), how);
    }

    long pid(int worker) {
        String begin = "forked\t" + worker + "\t";
        String line = zygote.awaitLine("worker " + worker, found -> found.startsWith(begin), Deadline.inSeconds(60));
        return Long.parseLong(line.substring(begin.length()));
    }

    /// The request that took too long, once there is one.
    String overdue() throws Exception {
        return watch.overdue.get(60, TimeUnit.SECONDS);
    }

    /// By KILL: a zygote passes TERM on to its master, which there is none of here.
    @Override
    public void close() {
        zygote.kill();
        zygote.close();
        engine.close();
    }

    /// Waits until all have come in.
    private static final class Connected implements WorkerWatch {
        private final CompletableFuture<Void> all = new CompletableFuture<>();
        private final CompletableFuture<String> overdue = new CompletableFuture<>();
        private int missing;

        private Connected(int expected) {
            missing = expected;
        }

        @Override
        public synchronized void connected(WorkerId worker) {
            if (--missing == 0) {
                all.complete(null);
            }
        }

        @Override
        public void worn(WorkerId worker) {}

        @Override
        public void overdue(WorkerId worker, String request, Duration after) {
            overdue.complete(request);
        }

        @Override
        public void disconnected(WorkerId worker) {}
    }
}
