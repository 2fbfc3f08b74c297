package dev.fairlead.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAccessTest {
    private final FileAccess access = new FileAccess();

    @TempDir
    Path folder;

    private byte[] name(String below) {
        return FileAccess.name(folder + below);
    }

    @Test
    void kernelsFactsAreThoseOfTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "12345");
        Instant time = Instant.parse("2020-02-03T04:05:06.123456789Z");
        Files.setLastModifiedTime(file, FileTime.from(time));
        assertThat(access.look(name("/f"))).isZero();
        assertThat(access.isFile()).isTrue();
        assertThat(access.size()).isEqualTo(5);
        assertThat(access.modifiedSeconds()).isEqualTo(time.getEpochSecond());
        assertThat(access.modifiedNanos()).isEqualTo(time.getEpochSecond() * 1_000_000_000 + time.getNano());
        assertThat(access.inode()).isEqualTo((long) Files.getAttribute(file, "unix:ino"));
        assertThat(access.owner()).isEqualTo((int) Files.getAttribute(file, "unix:uid"));
        assertThat(access.look(name(""))).isZero();
        assertThat(access.isFolder()).isTrue();
    }

    @Test
    void refusalsAreNegativeErrorNumbers() throws IOException {
        Files.writeString(folder.resolve("f"), "");
        assertThat(access.look(name("/none"))).isEqualTo(-Errno.ENOENT);
        assertThat(access.open(name("/f/below"))).isEqualTo(-Errno.ENOTDIR);
        assertThat(access.look(name("/" + "x".repeat(5000)))).isEqualTo(-Errno.ENAMETOOLONG);
        assertThat(access.look(name("/f\0"))).isEqualTo(-Errno.ENOENT);
        assertThat(access.list(name("/f"), new ArrayList<>())).isEqualTo(-Errno.ENOTDIR);
    }

    @Test
    void contentIsReadFromAPositionOn() throws IOException {
        Files.writeString(folder.resolve("f"), "0123456789");
        int descriptor = access.open(name("/f"));
        assertThat(descriptor).isNotNegative();
        ByteBuffer into = ByteBuffer.allocateDirect(8);
        assertThat(access.read(descriptor, into, 7)).isEqualTo(3);
        assertThat(access.read(descriptor, into, 10)).isZero();
        into.flip();
        assertThat(StandardCharsets.ISO_8859_1.decode(into).toString()).isEqualTo("789");
        assertThat(access.look(descriptor)).isZero();
        assertThat(access.size()).isEqualTo(10);
        Descriptors.close(descriptor);
    }

    @Test
    void foldersAreListedByTheBytesOfTheirNames() throws IOException {
        Files.writeString(folder.resolve("a"), "");
        Files.createDirectory(folder.resolve("b"));
        List<String> names = new ArrayList<>();
        assertThat(access.list(name(""), names)).isZero();
        assertThat(names).containsExactlyInAnyOrder(".", "..", "a", "b");
    }

    @Test
    void realNameHasNoLinks() throws IOException {
        Path real = folder.toRealPath();
        Files.createDirectory(real.resolve("d"));
        Files.createSymbolicLink(real.resolve("l"), real.resolve("d"));
        assertThat(access.realName(FileAccess.name(real + "/l/../l"))).isEqualTo(real + "/d");
        assertThat(access.realName(name("/none"))).isEmpty();
    }

    @Test
    void guardFollowsNoLinkThatIsNotWanted() throws IOException {
        Path real = folder.toRealPath();
        Files.createDirectory(real.resolve("d"));
        Files.writeString(real.resolve("d/f"), "x");
        Files.createSymbolicLink(real.resolve("l"), real.resolve("d"));
        Files.createSymbolicLink(real.resolve("d/m"), real.resolve("d/f"));
        LinkGuard none = new LinkGuard(access, false);
        LinkGuard own = new LinkGuard(access, true);
        for (String linked : new String[] {"/l/f", "/d/m", "/l"}) {
            byte[] name = FileAccess.name(real + linked);
            assertThat(none.open(name)).isEqualTo(-Errno.ELOOP);
            assertThat(none.openToLook(name)).isEqualTo(-Errno.ELOOP);
            int descriptor = own.open(name);
            assertThat(descriptor).isNotNegative();
            Descriptors.close(descriptor);
        }
        int descriptor = none.open(FileAccess.name(real + "//d///f"));
        assertThat(access.look(descriptor)).isZero();
        assertThat(access.size()).isEqualTo(1);
        Descriptors.close(descriptor);
        assertThat(none.open(FileAccess.name(real + "/d/none"))).isEqualTo(-Errno.ENOENT);
        assertThat(none.open(FileAccess.name(real + "/none/f"))).isEqualTo(-Errno.ENOENT);
        assertThat(none.open(FileAccess.name(real + "/d/f/g"))).isEqualTo(-Errno.ENOTDIR);
    }
}
