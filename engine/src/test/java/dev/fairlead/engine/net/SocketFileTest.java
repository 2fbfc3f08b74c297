package dev.fairlead.engine.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketFile;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.os.OsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {
    @TempDir
    Path folder;

    @Test
    void permissionsAreExactlyThoseThatAreAskedForWhateverTheUmaskSays() throws IOException {
        Path path = folder.resolve("app.sock");
        ListeningSocket socket = open(path, Optional.empty());
        try {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-rw-rwx");
        } finally {
            socket.close();
        }
    }

    @Test
    void anOwnerThatThereIsNotIsNamedAndNothingIsLeft() {
        Path path = folder.resolve("app.sock");
        assertThatThrownBy(() -> open(path, Optional.of("no-such-user")))
                .isInstanceOf(OsException.class)
                .hasMessageContaining("no-such-user");
        assertThat(path).doesNotExist();
    }

    private static ListeningSocket open(Path path, Optional<String> user) throws IOException {
        return ListeningSocket.open(
                new Address.Unix(path.toString()),
                SocketOptions.DEFAULT.withFile(new SocketFile(OptionalInt.of(0667), user, Optional.empty())));
    }
}
