package dev.fairlead.cli.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackChoiceTest {
    private static final Path HERE = Path.of("/srv/elsewhere");
    private static final Path SHOP = Path.of("/srv/shop");
    private static final Path BLOG = Path.of("/srv/blog");

    @TempDir
    private Path temporary = Path.of("");

    @Test
    void theOnlyRunningStackIsTheDefault() throws IOException {
        SocketFolder folder = folder();
        try (ServerSocketChannel shop = listen(folder.socketFor(SHOP))) {
            assertThat(StackChoice.of(folder, Optional.empty(), HERE))
                    .isEqualTo(new StackChoice.Chosen(folder.socketFor(SHOP)));
            assertThat(shop.isOpen()).isTrue();
        }
    }

    @Test
    void amongSeveralThatOfTheFolderOneIsInIsTheDefault() throws IOException {
        SocketFolder folder = folder();
        try (ServerSocketChannel shop = listen(folder.socketFor(SHOP));
                ServerSocketChannel blog = listen(folder.socketFor(BLOG))) {
            assertThat(StackChoice.of(folder, Optional.empty(), BLOG.resolve("etc/nginx")))
                    .isEqualTo(new StackChoice.Chosen(folder.socketFor(BLOG)));
            assertThat(StackChoice.of(folder, Optional.empty(), HERE))
                    .isEqualTo(new StackChoice.Unclear(
                            "several stacks are running: say which one with -C NAME; running: blog, shop"));
            assertThat(shop.isOpen() && blog.isOpen()).isTrue();
        }
    }

    @Test
    void aStackIsNamedByNameFolderOrSocket() throws IOException {
        SocketFolder folder = folder();
        Path socket = folder.socketFor(SHOP);
        try (ServerSocketChannel shop = listen(socket);
                ServerSocketChannel blog = listen(folder.socketFor(BLOG))) {
            for (String name : new String[] {"shop", "/srv/shop", "/srv/../srv/shop/", socket.toString()}) {
                assertThat(StackChoice.of(folder, Optional.of(name), HERE))
                        .as(name)
                        .isEqualTo(new StackChoice.Chosen(socket));
            }
            assertThat(shop.isOpen() && blog.isOpen()).isTrue();
        }
    }

    @Test
    void aSocketThatNobodyAnswersAtIsRemoved() throws IOException {
        SocketFolder folder = folder();
        Path left = folder.socketFor(SHOP);
        listen(left).close();
        assertThat(left).exists();
        assertThat(StackChoice.of(folder, Optional.empty(), HERE)).isInstanceOf(StackChoice.Unclear.class);
        assertThat(left).doesNotExist();
    }

    @Test
    void foldersOfTheSameNameHaveSocketsOfTheirOwn() {
        SocketFolder folder = new SocketFolder(temporary);
        assertThat(folder.socketFor(Path.of("/a/app"))).isNotEqualTo(folder.socketFor(Path.of("/b/app")));
        assertThat(SocketFolder.stackName(folder.socketFor(Path.of("/b/app")))).isEqualTo("app");
    }

    @Test
    void onlyTheOwnerMayEnterTheFolder() throws IOException {
        SocketFolder folder = folder();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx------");
    }

    @Test
    void theFolderIsWhereTheSystemKeepsSuchThings() {
        assertThat(SocketFolder.of(Map.of(), 0).path()).isEqualTo(Path.of("/run/fairlead"));
        assertThat(SocketFolder.of(Map.of("XDG_RUNTIME_DIR", "/run/user/7"), 7).path())
                .isEqualTo(Path.of("/run/user/7/fairlead"));
        assertThat(SocketFolder.of(Map.of(), 7).path()).isEqualTo(Path.of("/tmp/fairlead-7"));
        assertThat(SocketFolder.of(Map.of("FAIRLEAD_RUNTIME_DIR", "/x"), 0).path())
                .isEqualTo(Path.of("/x"));
    }

    private SocketFolder folder() throws IOException {
        SocketFolder folder = new SocketFolder(temporary.resolve("run"));
        folder.prepare();
        return folder;
    }

    private static ServerSocketChannel listen(Path socket) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
    }
}
