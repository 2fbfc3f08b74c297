package dev.fairlead.engine.log;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Log files whose names are worked out for each request. Those used last stay open, up to a bound. The writing
/// thread alone touches them.
final class ChangingFiles {
    private static final int MOST_OPEN = 64;

    private final LogWriter writer;
    private final Map<Path, FileOutput> open = new LinkedHashMap<>(16, 0.75f, true);

    ChangingFiles(LogWriter writer) {
        this.writer = writer;
    }

    void write(Path path, byte[] line) {
        writer.write((bytes, length) -> output(path).write(bytes, length), line);
    }

    private FileOutput output(Path path) {
        FileOutput output = open.computeIfAbsent(path, FileOutput::new);
        if (open.size() > MOST_OPEN) {
            Map.Entry<Path, FileOutput> oldest = open.entrySet().iterator().next();
            open.remove(oldest.getKey());
            oldest.getValue().close();
        }
        return output;
    }

    /// On the writing thread.
    void closeAll() {
        open.values().forEach(FileOutput::close);
        open.clear();
    }
}
