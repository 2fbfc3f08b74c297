package dev.fairlead.process.journal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts what a process prints into lines. A line longer than 48 KiB is cut; bytes that are no UTF-8 become the
/// replacement character.
public final class LineSplitter {
    private static final int LONGEST = 48 * 1024;

    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

    /// The lines that are complete with these bytes, which are used up.
    public List<String> feed(ByteBuffer bytes) {
        List<String> lines = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte one = bytes.get();
            if (one == '\n') {
                lines.add(take());
            } else {
                partial.write(one);
                if (partial.size() == LONGEST) {
                    lines.add(take());
                }
            }
        }
        return lines;
    }

    /// What stands behind the last line break, once nothing more comes.
    public Optional<String> rest() {
        return partial.size() == 0 ? Optional.empty() : Optional.of(take());
    }

    /// What stands behind the last line break so far, byte for byte.
    public byte[] unfinished() {
        return partial.toByteArray();
    }

    private String take() {
        String line = partial.toString(StandardCharsets.UTF_8);
        partial.reset();
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
