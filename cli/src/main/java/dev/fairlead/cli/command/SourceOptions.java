package dev.fairlead.cli.command;

import dev.fairlead.cli.stack.Sources;
import dev.fairlead.model.plan.PortMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What a stack is read from, for the commands that read one.
final class SourceOptions {
    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "Files and folders; what each is shows in its name and contents. Default: this folder.")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--nginx",
            paramLabel = "FILE",
            description = "A file that is nginx's: a whole configuration, or what belongs inside http { }.")
    private List<Path> nginx = new ArrayList<>();

    @Option(
            names = "--systemd",
            paramLabel = "PATH",
            description = "A systemd unit file, or a folder of them laid out as /etc/systemd/system is.")
    private List<Path> systemd = new ArrayList<>();

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description =
                    "Absolute paths in the configuration lie below DIR. Default: a folder that has an etc/ in it.")
    private @Nullable Path root;

    @Option(
            names = "--ports",
            paramLabel = "FROM=TO,...",
            converter = PortsConverter.class,
            description = "Listens on other ports than the configuration says: 80=8080,443=8443.")
    private PortMap ports = PortMap.NONE;

    Sources sources() {
        return new Sources(paths, nginx, systemd, Optional.ofNullable(root));
    }

    PortMap ports() {
        return ports;
    }
}
