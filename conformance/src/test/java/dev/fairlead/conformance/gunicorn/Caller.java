package dev.fairlead.conformance.gunicorn;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/// Calls one of the two programs in a folder of its own, and talks to it through a socket file.
record Caller(AppServer.Kind kind, Path folder) {
    private static final int SECONDS = 40;

    /// @param parent where the folder is made, with the application of these tests
    static Caller in(Path parent, AppServer.Kind kind) throws IOException {
        return in(parent, kind, "personality.py");
    }

    /// @param application the file of the one that is put there
    static Caller in(Path parent, AppServer.Kind kind, String application) throws IOException {
        Assumptions.assumeTrue(kind.command().isPresent(), kind + " is not there");
        Distribution.prepare();
        return new Caller(kind, AppServer.folder(parent, kind == AppServer.Kind.GUNICORN ? "g" : "f", application));
    }

    /// @param text of the file `conf.py` beside the application of these tests
    static Caller configured(Path parent, AppServer.Kind kind, String text) throws IOException {
        Caller caller = in(parent, kind);
        Files.writeString(caller.folder().resolve("conf.py"), text);
        return caller;
    }

    AppServer start(String... options) {
        return start(Map.of(), options);
    }

    AppServer start(Map<String, String> environment, String... options) {
        return AppServer.start(kind, folder, environment, Arrays.asList(options));
    }

    /// Runs it to its end.
    ProcessUnderTest run(Map<String, String> environment, String... options) {
        ProcessUnderTest process = start(environment, options).process();
        process.awaitExit(Deadline.inSeconds(SECONDS));
        return process;
    }

    SocketAddress socket(String name) {
        return UnixDomainSocketAddress.of(folder.resolve(name));
    }

    static SocketAddress port(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /// The body of an answer; asked again as long as nobody listens.
    static String get(SocketAddress address, String path) {
        List<String> answers = new ArrayList<>();
        Deadline.inSeconds(SECONDS).await("an answer to " + path, () -> {
            String answer = ask(address, path);
            answers.add(answer);
            return !answer.isEmpty();
        });
        String answer = answers.getLast();
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    /// What is answered, with its head; empty if nobody is there.
    static String ask(SocketAddress address, String path) {
        StandardProtocolFamily family =
                address instanceof UnixDomainSocketAddress ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET;
        try (SocketChannel channel = SocketChannel.open(family)) {
            channel.connect(address);
            String request = "GET " + path + " HTTP/1.0\r\nHost: h\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException nobodyThere) {
            return "";
        }
    }

    String text(String file) {
        try {
            Path path = folder.resolve(file);
            return Files.exists(path) ? Files.readString(path, StandardCharsets.UTF_8) : "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void awaitText(String file, String wanted) {
        Deadline.inSeconds(SECONDS)
                .await("\"" + wanted + "\" in " + file, () -> text(file).contains(wanted));
    }

    /// The process id a pid file holds.
    long pid(String file) {
        Deadline.inSeconds(SECONDS).await("a pid in " + file, () -> text(file).endsWith("\n"));
        return Long.parseLong(text(file).strip());
    }

    /// Waits until a program has so many workers.
    void awaitWorkers(long program, int count) {
        // Ours are forked from a process between.
        int between = kind == AppServer.Kind.FAIRLEAD ? 1 : 0;
        Deadline.inSeconds(SECONDS)
                .await(
                        count + " workers",
                        () -> ProcessHandle.of(program).stream()
                                        .flatMap(ProcessHandle::descendants)
                                        .count()
                                == count + between);
    }

    static void awaitEnd(long program) {
        Deadline.inSeconds(SECONDS).await(program + " to end", () -> hasEnded(program));
    }

    /// Whether or not it was collected: where other tests had this process take orphans in, daemons are its children,
    /// and nobody's business.
    private static boolean hasEnded(long program) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(program), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (IOException gone) {
            return true;
        }
    }
}
