package dev.fairlead.process.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files of one unit: `NAME.log`, and `NAME.log.1` and so on for those set aside, the youngest first.
final class UnitLog implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;

    private final Path file;
    private final String unit;
    private final JournalLimits limits;
    private Optional<FileChannel> channel = Optional.empty();
    private long size;

    UnitLog(Path folder, String unit, JournalLimits limits) {
        this.file = folder.resolve(unit + ".log");
        this.unit = unit;
        this.limits = limits;
    }

    void append(List<JournalEntry> entries) throws IOException {
        StringBuilder text = new StringBuilder();
        for (JournalEntry entry : entries) {
            text.append(entry.line()).append('\n');
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        FileChannel open = channel.isPresent() ? channel.get() : open();
        if (size > 0 && size + bytes.remaining() > limits.fileBytes()) {
            setAside();
            open = open();
        }
        size += bytes.remaining();
        while (bytes.hasRemaining()) {
            open.write(bytes);
        }
    }

    private FileChannel open() throws IOException {
        FileChannel opened =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        channel = Optional.of(opened);
        size = opened.size();
        if (size > 0 && !endsLine(size)) {
            // The last one was cut short: by a full disk, or when the machine lost its power.
            opened.write(ByteBuffer.wrap(new byte[] {'\n'}));
            size++;
        }
        return opened;
    }

    private boolean endsLine(long length) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(length - 1);
            return in.read() == '\n';
        }
    }

    private void setAside() throws IOException {
        close();
        for (int age = limits.oldFiles() - 1; age >= 1; age--) {
            if (Files.exists(aged(age))) {
                Files.move(aged(age), aged(age + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (limits.oldFiles() > 0) {
            Files.move(file, aged(1), StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(file);
        }
    }

    private Path aged(int age) {
        return file.resolveSibling(file.getFileName() + "." + age);
    }

    /// The last lines, oldest first.
    List<JournalEntry> tail(int count) throws IOException {
        List<JournalEntry> found = new ArrayList<>();
        for (int age = 0; age <= limits.oldFiles() && found.size() < count; age++) {
            Path one = age == 0 ? file : aged(age);
            if (Files.exists(one)) {
                found.addAll(0, tailOf(one, count - found.size()));
            }
        }
        return found;
    }

    private List<JournalEntry> tailOf(Path one, int count) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(one.toFile(), "r")) {
            long length = in.length();
            long want = CHUNK;
            while (true) {
                long from = Math.max(0, length - want);
                byte[] bytes = new byte[(int) (length - from)];
                in.seek(from);
                in.readFully(bytes);
                List<String> lines = lines(bytes);
                // The first line may have lost its beginning.
                List<String> whole = from == 0 || lines.isEmpty() ? lines : lines.subList(1, lines.size());
                if (whole.size() >= count || from == 0) {
                    return whole.subList(Math.max(0, whole.size() - count), whole.size()).stream()
                            .flatMap(line -> JournalEntry.parse(unit, line).stream())
                            .toList();
                }
                want *= 2;
            }
        }
    }

    /// Line feeds alone end lines; a carriage return is part of what was printed.
    private static List<String> lines(byte[] bytes) {
        List<String> lines = new ArrayList<>(List.of(new String(bytes, StandardCharsets.UTF_8).split("\n", -1)));
        lines.removeLast();
        return lines;
    }

    @Override
    public void close() throws IOException {
        if (channel.isPresent()) {
            channel.get().close();
            channel = Optional.empty();
        }
    }
}
