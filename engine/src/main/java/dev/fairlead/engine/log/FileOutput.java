package dev.fairlead.engine.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file that lines are appended to. When it cannot be written, lines are lost and the program's own log says
/// so once until it works again.
final class FileOutput implements LogOutput {
    private static final Logger LOG = LoggerFactory.getLogger(FileOutput.class);

    private final Path path;
    private @Nullable FileChannel channel;
    private boolean isFailing;

    FileOutput(Path path) {
        this.path = path;
    }

    /// Opens the file if it is not open.
    ///
    /// @return what is wrong, in the words of nginx; empty if nothing is
    synchronized Optional<String> open() {
        try {
            present();
            return Optional.empty();
        } catch (NoSuchFileException missing) {
            return Optional.of("open() \"" + path + "\" failed (2: No such file or directory)");
        } catch (AccessDeniedException denied) {
            return Optional.of("open() \"" + path + "\" failed (13: Permission denied)");
        } catch (IOException failure) {
            return Optional.of("open() \"" + path + "\" failed (" + failure.getMessage() + ")");
        }
    }

    private FileChannel present() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            channel = open;
        }
        return open;
    }

    @Override
    public synchronized void write(byte[] bytes, int length) {
        try {
            FileChannel out = present();
            ByteBuffer data = ByteBuffer.wrap(bytes, 0, length);
            while (data.hasRemaining()) {
                out.write(data);
            }
            isFailing = false;
        } catch (IOException failure) {
            if (!isFailing) {
                isFailing = true;
                LOG.error("writing to {} failed, lines are lost: {}", path, failure.toString());
            }
        }
    }

    @Override
    public synchronized void reopen() {
        close();
        open().ifPresent(LOG::error);
    }

    @Override
    public synchronized void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException failure) {
                LOG.error("closing {} failed: {}", path, failure.toString());
            }
        }
    }
}
