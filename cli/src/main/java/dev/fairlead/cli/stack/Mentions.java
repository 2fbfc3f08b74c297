package dev.fairlead.cli.stack;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.service.EnvironmentSource;
import dev.fairlead.model.service.Service;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Whether a service listens somewhere: that is known only from the words of its command line, so this goes by
/// ports and paths that appear in them.
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

    private static Stream<String> words(Service service) {
        Stream<String> commands = service.commands().start().stream().flatMap(command -> command.arguments().stream());
        Stream<String> variables = service.execution().environment().stream()
                .filter(EnvironmentSource.Variable.class::isInstance)
                .map(source -> ((EnvironmentSource.Variable) source).value());
        return Stream.of(commands, variables, Stream.of(service.name())).flatMap(words -> words);
    }
}
