package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.build.workshop.AddressText;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.roster.CommandSocket;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.unit.Suggestion;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads `stats socket ADDRESS [mode N] [user U] [group G] [uid N] [gid N] [level L] …`.
final class CommandSockets {
    private static final Duration USUAL_IDLE = Duration.ofSeconds(10);
    private static final List<String> WITH_VALUE = List.of(
            "mode", "user", "group", "uid", "gid", "level", "process", "thread", "severity-output", "backlog", "name");
    private static final List<String> WITHOUT_VALUE = List.of("expose-fd", "accept-proxy");

    private final Workshop workshop;

    CommandSockets(Workshop workshop) {
        this.workshop = workshop;
    }

    List<CommandSocket> all() {
        return workshop.globals().each("stats socket").stream()
                .flatMap(entry -> socket(entry).stream())
                .toList();
    }

    private Optional<CommandSocket> socket(Entry entry) {
        Duration idle = workshop.globals()
                .last("stats timeout")
                .flatMap(workshop::delay)
                .orElse(USUAL_IDLE);
        CommandSocket.Level level = CommandSocket.Level.OPERATOR;
        OptionalInt mode = OptionalInt.empty();
        Optional<String> user = Optional.empty();
        Optional<String> group = Optional.empty();
        int next = 1;
        while (next < entry.count()) {
            Word word = entry.arg(next++);
            String name = word.text();
            if (name.equals("expose-fd")) {
                // `listeners` hands sockets to a process that takes over; here `-sf` does without.
                next++;
            } else if (WITH_VALUE.contains(name) && next < entry.count()) {
                Word value = entry.arg(next++);
                switch (name) {
                    case "level" -> level = level(value);
                    case "mode" -> mode = mode(value);
                    case "user", "uid" -> user = Optional.of(value.text());
                    case "group", "gid" -> group = Optional.of(value.text());
                    default -> {}
                }
            } else if (!WITHOUT_VALUE.contains(name)) {
                unknown(word);
            }
        }
        CommandSocket.Level may = level;
        OptionalInt permissions = mode;
        Optional<String> owner = user;
        Optional<String> owners = group;
        return address(entry)
                .map(address -> new CommandSocket(address, may, idle, permissions, owner, owners, entry.origin()));
    }

    private void unknown(Word word) {
        workshop.problems()
                .add(Diagnostic.error(
                                "haproxy.unknown",
                                word.span(),
                                "'stats socket' : unknown keyword '" + word.text() + "'")
                        .hint(Suggestion.nearest(word.text(), WITH_VALUE).map(near -> "did you mean '" + near + "'?")));
    }

    private CommandSocket.Level level(Word word) {
        for (CommandSocket.Level level : CommandSocket.Level.values()) {
            if (word.is(level.word())) {
                return level;
            }
        }
        workshop.problems()
                .error(
                        "haproxy.level",
                        word.span(),
                        "'level' only supports 'user', 'operator', and 'admin' (got '" + word.text() + "')");
        return CommandSocket.Level.USER;
    }

    private OptionalInt mode(Word word) {
        try {
            return OptionalInt.of(Integer.parseInt(word.text(), 8));
        } catch (NumberFormatException none) {
            workshop.problems()
                    .error(
                            "haproxy.number",
                            word.span(),
                            "'mode' expects an octal number, not '" + word.text() + "'",
                            "such as 660");
            return OptionalInt.empty();
        }
    }

    private Optional<Address> address(Entry entry) {
        Word word = entry.arg(0);
        String text = AddressText.withoutFamily(word.text());
        Optional<String> path = AddressText.unixPath(text);
        if (path.isPresent()) {
            return Optional.of(new Address.Unix(workshop.path(word.withText(path.get()), "")));
        }
        int colon = text.lastIndexOf(':');
        Optional<Integer> port = colon < 0 ? Optional.empty() : Figures.between(text.substring(colon + 1), 0, 65_535);
        if (port.isEmpty() || text.toLowerCase(Locale.ROOT).startsWith("fd@")) {
            workshop.problems()
                    .error(
                            "haproxy.address",
                            word.span(),
                            "'stats socket' cannot listen on '" + word.text() + "'",
                            "a path, such as /run/haproxy/admin.sock, or an address and a port");
            return Optional.empty();
        }
        String host = text.substring(0, colon);
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return Optional.of(new Address.Tcp(bare.isEmpty() ? "*" : bare, port.get()));
    }
}
