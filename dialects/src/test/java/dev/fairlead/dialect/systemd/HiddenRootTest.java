package dev.fairlead.dialect.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.systemd.name.UnitOptions;
import dev.fairlead.model.service.execution.Confinement.Mount;
import dev.fairlead.source.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Settings that would hide the very folder that takes the place of `/`.
class HiddenRootTest {
    @TempDir
    Path folder;

    private final Problems problems = new Problems();

    @ParameterizedTest
    @CsvSource({"/tmp/stack, /tmp", "/var/tmp/a/b, /var/tmp"})
    void ownTemporaryFoldersDoNotHideTheStack(Path root, String hidden) throws IOException {
        assertThat(mounts("PrivateTmp=yes", root)).isEmpty();
        assertThat(told())
                .contains("PrivateTmp= does nothing about " + hidden + " here")
                .contains(root.toString());
    }

    @ParameterizedTest
    @CsvSource({"yes", "read-only", "tmpfs"})
    void protectedHomesLeaveTheOneOfTheStackOut(String how) throws IOException {
        assertThat(mounts("ProtectHome=" + how, Path.of("/home/me/stack"))).hasSize(2);
        assertThat(told()).contains("ProtectHome= does nothing about /home here");
    }

    @Test
    void elsewhereTheyTakeEffect() throws IOException {
        assertThat(mounts("PrivateTmp=yes\nProtectHome=yes", Path.of("/srv/stack")))
                .hasSize(4);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void whatIsOffHidesNothing() throws IOException {
        assertThat(mounts("PrivateTmp=no\nProtectHome=no", Path.of("/tmp/stack")))
                .isEmpty();
        assertThat(problems.all()).isEmpty();
    }

    private String told() {
        return problems.all().getFirst().render();
    }

    private List<Mount> mounts(String settings, Path root) throws IOException {
        Path unit =
                Files.writeString(folder.resolve("a.service"), "[Service]\nExecStart=/bin/true\n" + settings + "\n");
        var set = UnitFolder.load(unit, UnitOptions.here().root(root), problems);
        return set.services().getFirst().execution().confinement().mounts();
    }
}
