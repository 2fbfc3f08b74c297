package dev.fairlead.process.supervisor.launch;

import dev.fairlead.os.Descriptors;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.OsException;
import dev.fairlead.os.Pipe;
import dev.fairlead.process.journal.LineSplitter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/// Reads what a process writes into its pipe and hands on the lines. When the process ends, [#drain] takes what
/// is left, so that the last words of a crash are there before the crash is reported; descendants that keep the
/// pipe open are listened to until they close it.
public final class Capture {
    public static final int BUFFER = 16 * 1024;
    /// Read in one go, at most, so that a chatty service does not keep the loop from others.
    private static final int MOST_AT_ONCE = 16 * BUFFER;

    private final MasterLoop loop;
    private final ByteBuffer bytes;
    private final int descriptor;
    private final Consumer<List<String>> lines;
    private final LineSplitter splitter = new LineSplitter();
    private boolean isOpen = true;

    private Capture(MasterLoop loop, ByteBuffer bytes, int descriptor, Consumer<List<String>> lines) {
        this.loop = loop;
        this.bytes = bytes;
        this.descriptor = descriptor;
        this.lines = lines;
    }

    /// @param bytes what all captures of a loop read into, one after the other
    /// @param descriptor the reading end, which this closes when it is done
    public static Capture start(MasterLoop loop, ByteBuffer bytes, int descriptor, Consumer<List<String>> lines)
            throws OsException {
        return start(loop, bytes, descriptor, new byte[0], lines);
    }

    /// @param begun what an earlier program has read of a line
    static Capture start(MasterLoop loop, ByteBuffer bytes, int descriptor, byte[] begun, Consumer<List<String>> lines)
            throws OsException {
        Capture capture = new Capture(loop, bytes, descriptor, lines);
        capture.splitter.feed(ByteBuffer.wrap(begun));
        loop.watch(descriptor, capture::read);
        return capture;
    }

    boolean isOpen() {
        return isOpen;
    }

    int descriptor() {
        return descriptor;
    }

    /// What was read of a line that goes on.
    byte[] unfinished() {
        return splitter.unfinished();
    }

    private void read() {
        readUpTo(MOST_AT_ONCE);
    }

    /// Everything that has been written so far; an unfinished line counts as one.
    public void drain() {
        readUpTo(Integer.MAX_VALUE);
        splitter.rest().ifPresent(line -> lines.accept(List.of(line)));
    }

    /// Stops listening.
    void close() {
        if (isOpen) {
            isOpen = false;
            loop.unwatch(descriptor);
            Descriptors.close(descriptor);
            splitter.rest().ifPresent(line -> lines.accept(List.of(line)));
        }
    }

    private void readUpTo(int most) {
        int total = 0;
        while (isOpen && total < most) {
            bytes.clear();
            int count = readOnce();
            if (count < 0) {
                close();
            }
            if (count <= 0) {
                return;
            }
            total += count;
            List<String> complete = splitter.feed(bytes.flip());
            if (!complete.isEmpty()) {
                lines.accept(complete);
            }
        }
    }

    private int readOnce() {
        try {
            return Pipe.read(descriptor, bytes);
        } catch (OsException broken) {
            return -1;
        }
    }
}
