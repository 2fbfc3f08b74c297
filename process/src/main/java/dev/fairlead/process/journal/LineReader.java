package dev.fairlead.process.journal;

import dev.fairlead.time.AllowForbidden;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Reads the lines of one unit from one file after the other, beginning at a moment: that is looked for by
/// halving, since lines stand in the order of time.
final class LineReader implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;

    private final String unit;
    private final Deque<Path> files;
    private final long fromMicros;
    private Optional<RandomAccessFile> file = Optional.empty();
    private InputStream in = InputStream.nullInputStream();
    private Optional<JournalEntry> next = Optional.empty();

    /// @param files oldest first
    LineReader(String unit, List<Path> files, long fromMicros) throws IOException {
        this.unit = unit;
        this.files = new ArrayDeque<>(files);
        this.fromMicros = fromMicros;
        advance();
    }

    /// The line that comes next; empty at the end.
    Optional<JournalEntry> next() {
        return next;
    }

    Optional<JournalEntry> take() throws IOException {
        Optional<JournalEntry> taken = next;
        advance();
        return taken;
    }

    private void advance() throws IOException {
        next = Optional.empty();
        while (next.isEmpty()) {
            Optional<String> line = line();
            if (line.isPresent()) {
                next = JournalEntry.parse(unit, line.get()).filter(entry -> entry.wallMicros() >= fromMicros);
            } else if (files.isEmpty()) {
                close();
                return;
            } else {
                open(files.removeFirst());
            }
        }
    }

    private void open(Path path) throws IOException {
        close();
        RandomAccessFile opened = new RandomAccessFile(path.toFile(), "r");
        file = Optional.of(opened);
        opened.seek(start(opened));
        in = new BufferedInputStream(Channels.newInputStream(opened.getChannel()), CHUNK);
    }

    /// Where the first line begins that is not too old, or a little before it.
    @AllowForbidden("bytes taken for characters will do: only the digits in front are looked at")
    private long start(RandomAccessFile opened) throws IOException {
        long low = 0;
        long high = opened.length();
        while (high - low > CHUNK) {
            long middle = (low + high) / 2;
            opened.seek(middle);
            opened.readLine();
            long begin = opened.getFilePointer();
            String line = opened.readLine();
            boolean isOld = line != null
                    && JournalEntry.microsOf(line).filter(at -> at < fromMicros).isPresent();
            if (isOld) {
                low = begin;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// A whole line; what is written of one so far does not count.
    private Optional<String> line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int one = in.read(); one >= 0; one = in.read()) {
            if (one == '\n') {
                return Optional.of(bytes.toString(StandardCharsets.UTF_8));
            }
            bytes.write(one);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } catch (IOException alreadyGone) {
            return;
        } finally {
            file = Optional.empty();
            in = InputStream.nullInputStream();
        }
    }
}
