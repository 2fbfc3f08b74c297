package dev.fairlead.cli.stack;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.execution.EnvironmentSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Whether a service listens somewhere: that is known only from the words of its command line and its
/// variables, so this goes by ports and paths that appear in them.
public final class Mentions {
    private Mentions() {}

    public static boolean of(Service service, Address address) {
        String sought = switch (address) {
            case Address.Tcp tcp -> "(?<![0-9])" + tcp.port() + "(?![0-9])";
            // Below another root the folder in front is not the one the command names.
            case Address.Unix unix -> Pattern.quote(lastTwo(unix.path()));
        };
        Pattern pattern = Pattern.compile(sought);
        return words(service).anyMatch(text -> pattern.matcher(text).find());
    }

    private static String lastTwo(String path) {
        int last = path.lastIndexOf('/');
        return path.substring(Math.max(0, path.lastIndexOf('/', last - 1)));
    }

    /// What a service finds in its environment, of files that are there as much as is written in them.
    private static String values(EnvironmentSource source) {
        return switch (source) {
            case EnvironmentSource.Variable variable -> variable.value();
            case EnvironmentSource.FromFile file -> text(file.path());
            case EnvironmentSource.Inherited inherited -> "";
            case EnvironmentSource.Unset unset -> "";
        };
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static Stream<String> words(Service service) {
        Stream<String> commands = service.commands().start().stream().flatMap(command -> command.arguments().stream());
        Stream<String> variables = service.execution().environment().stream().map(Mentions::values);
        return Stream.of(commands, variables, Stream.of(service.name())).flatMap(words -> words);
    }
}
