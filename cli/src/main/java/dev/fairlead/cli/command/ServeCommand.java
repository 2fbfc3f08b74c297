package dev.fairlead.cli.command;

import dev.fairlead.cli.run.Foreground;
import dev.fairlead.cli.serve.ServedFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serves the files of a folder, with listings, and without any configuration.")
final class ServeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", arity = "0..1", defaultValue = ".", description = "Default: this folder.")
    private Path folder = Path.of(".");

    @Option(
            names = {"-p", "--port"},
            paramLabel = "[HOST:]PORT",
            defaultValue = "8080",
            description = "Where to listen; 127.0.0.1:PORT keeps it to this machine. Default: ${DEFAULT-VALUE}.")
    private String port = "8080";

    @Override
    public Integer call() {
        Path absolute = folder.toAbsolutePath().normalize();
        return new Foreground(new ServedFolder(absolute, port), System.out, System.err).run();
    }
}
