package dev.fairlead.dialect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Where dialects read configuration files from. Paths are absolute or relative to the working directory,
/// exactly as the caller would give them to the file system.
public interface FileSource {
    /// The whole text of a file. Bytes that are not UTF-8 become U+FFFD.
    ///
    /// @throws java.nio.file.NoSuchFileException if there is none
    /// @throws java.io.CharConversionException if it holds a NUL byte, which no path and no argument can
    String read(Path file) throws IOException;

    /// The names in a folder, sorted by their bytes; empty if it is not a folder or may not be read.
    List<String> names(Path folder);

    /// The machine's file system.
    static FileSource disk() {
        return DiskFiles.INSTANCE;
    }

    /// Texts held in memory, by absolute path.
    static FileSource of(Map<String, String> texts) {
        return new TextFiles(texts);
    }
}
