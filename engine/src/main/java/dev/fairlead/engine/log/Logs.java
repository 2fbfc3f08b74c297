package dev.fairlead.engine.log;

import dev.fairlead.engine.compile.Shared;
import dev.fairlead.model.http.Logging;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.FileDescriptor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All open logs of the process, over all generations. A file that several places log to is open once. Safe for
/// use by several threads.
public final class Logs {
    private static final Logger LOG = LoggerFactory.getLogger(Logs.class);
    private static final long LONGEST_GOODBYE_SECONDS = 2;

    private final LogWriter writer = new LogWriter();
    private final Map<Path, FileOutput> files = new ConcurrentHashMap<>();
    private final Map<String, SyslogOutput> syslogs = new ConcurrentHashMap<>();
    private final LogOutput standardError = new StreamOutput(FileDescriptor.err);
    private final LogOutput standardOutput = new StreamOutput(FileDescriptor.out);
    private final ChangingFiles changingFiles = new ChangingFiles(writer);
    private final Queue<LineCollector> collectors = new ConcurrentLinkedQueue<>();
    private final FastThreadLocal<Map<Object, LineCollector>> ofLoop = new FastThreadLocal<>() {
        @Override
        protected Map<Object, LineCollector> initialValue() {
            return new java.util.IdentityHashMap<>();
        }
    };

    private final boolean isClosed;

    public Logs() {
        this(false);
    }

    private Logs(boolean isClosed) {
        this.isClosed = isClosed;
    }

    /// For whoever looks at a plan and writes nothing: no file is opened.
    public static Logs closed() {
        return new Logs(true);
    }

    /// Those of the process.
    public static Logs of(Shared shared) {
        return shared.part(Logs.class, Logs::new);
    }

    /// Opens every file again by its name, as after a rotation. Lines that were logged before go to the old
    /// files.
    public void reopen() {
        flush();
        writer.run(() -> {
            files.values().forEach(LogOutput::reopen);
            changingFiles.closeAll();
        });
    }

    /// Hands over what loops have collected.
    ///
    /// @return completed when it is written
    public CompletableFuture<Void> flush() {
        CompletableFuture<?>[] handedOver =
                collectors.stream().map(LineCollector::flushSoon).toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> written = new CompletableFuture<>();
        var _ = CompletableFuture.allOf(handedOver)
                .whenComplete((done, failure) -> writer.run(() -> written.complete(null)));
        return written;
    }

    /// Writes what is left when the loops have ended, and waits for it, but not for ever: a disk that hangs
    /// must not keep the program from ending.
    public void finish() {
        try {
            flush().get(LONGEST_GOODBYE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unfinished) {
            LOG.warn("the last lines of the logs were not written: {}", unfinished.toString());
        }
    }

    /// Writes a line of the program itself, from any thread.
    public void write(Logging.Target target, String line) {
        LogOutput output = output(target);
        LineBuffer buffer = new LineBuffer();
        buffer.append(dev.fairlead.engine.compile.Text.bytes(line));
        buffer.append((byte) '\n');
        writer.write(output, buffer.copy());
    }

    ChangingFiles changingFiles() {
        return changingFiles;
    }

    LogWriter writer() {
        return writer;
    }

    FileOutput file(Path path) {
        return files.computeIfAbsent(path.toAbsolutePath().normalize(), FileOutput::new);
    }

    /// Opens a log file now.
    ///
    /// @return what is wrong, in the words of nginx
    Optional<String> open(Path path) {
        return isClosed ? Optional.empty() : file(path).open();
    }

    LogOutput output(Logging.Target target) {
        return switch (target) {
            case Logging.Target.File file -> file(Path.of(file.path().constantText()));
            case Logging.Target.StandardError error -> standardError;
            case Logging.Target.StandardOutput output -> standardOutput;
            case Logging.Target.Syslog syslog -> syslogs.computeIfAbsent(syslog.server(), SyslogOutput::new);
            case Logging.Target.Nowhere nowhere -> (bytes, length) -> {};
        };
    }

    /// Where the present loop collects lines for an output.
    ///
    /// @param key outputs that are to be collected together have the same
    LineCollector collector(Object key, EventLoop loop, LogOutput output, Buffering buffering) {
        Map<Object, LineCollector> present = ofLoop.get();
        LineCollector known = present.get(key);
        if (known == null) {
            known = new LineCollector(loop, writer, output, buffering);
            present.put(key, known);
            collectors.add(known);
        }
        return known;
    }
}
