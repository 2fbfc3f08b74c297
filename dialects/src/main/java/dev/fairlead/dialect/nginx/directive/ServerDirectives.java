package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Listen;
import dev.fairlead.dialect.nginx.scope.Place;
import dev.fairlead.dialect.nginx.scope.Server;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.model.http.VirtualHost.ServerName;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketOptions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Servers and their names.
final class ServerDirectives {
    private ServerDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.block("server", Rows.HTTP, Arity.NONE, "Defines a virtual server.", ServerDirectives::server),
                Rows.row(
                        "listen",
                        Rows.SERVER,
                        Arity.atLeast(1),
                        "Says where the server's requests come in.",
                        ListenParser::listen),
                Rows.words(
                        "server_name",
                        Rows.SERVER,
                        Arity.atLeast(1),
                        "Names the hosts that the server answers for.",
                        ServerDirectives::names));
    }

    private static void server(Statement statement, Level level, Compilation c) {
        Place place = Place.ofServer(level, statement.name().span());
        Server server = place.server();
        c.http().servers().add(server);
        c.read(statement, place.level());
        if (server.listens().isEmpty()) {
            int port = c.environment().superuser() ? 80 : 8000;
            Listen assumed = new Listen(
                    "0.0.0.0:" + port,
                    new Address.Tcp("*", port),
                    false,
                    false,
                    false,
                    false,
                    false,
                    SocketOptions.DEFAULT,
                    statement.name().span());
            ListenParser.add(assumed, server, c, statement);
        }
    }

    private static void names(Statement statement, Level level, Compilation c) {
        Server server = level.place().server();
        for (Word word : statement.args()) {
            if (word.text().indexOf('/') >= 0) {
                c.problems()
                        .warning(
                                "nginx.server-name",
                                word.span(),
                                "server name \"" + word + "\" has suspicious symbols",
                                "a server name is a host name without scheme and path");
            }
            name(word, c).ifPresent(name -> server.names().add(new Server.NamedAt(name, word.span())));
        }
    }

    private static Optional<ServerName> name(Word word, Compilation c) {
        String text = word.text();
        if (text.startsWith("~")) {
            if (text.length() == 1) {
                c.value(word, "empty regex in server name \"~\"");
                return Optional.empty();
            }
            boolean upper = text.chars().anyMatch(Character::isUpperCase);
            return Expressions.regex(word.after("~"), upper, c).map(regex -> new ServerName.Expression(text, regex));
        }
        String lower = text.equals("$hostname")
                ? c.environment().hostName().toLowerCase(Locale.ROOT)
                : text.toLowerCase(Locale.ROOT);
        Optional<ServerName> plain = plain(lower);
        if (plain.isEmpty()) {
            c.value(
                    word,
                    "server name \"" + text + "\" is invalid",
                    "for every other host: listen … default_server, server_name _");
        }
        return plain;
    }

    /// A name that is no expression, in lower case; empty if it cannot be one.
    static Optional<ServerName> plain(String lower) {
        boolean starNotAlone = lower.startsWith("*") && !lower.matches("\\*\\..+");
        if (starNotAlone || lower.equals(".")) {
            return Optional.empty();
        }
        boolean wild = lower.indexOf('*') >= 0;
        if (!wild && !lower.startsWith(".")) {
            return Optional.of(new ServerName.Exact(lower));
        }
        if (lower.matches("\\*\\.[^*]+")) {
            return Optional.of(new ServerName.Leading(lower, lower.substring(1), false));
        }
        if (lower.matches("\\.[^*]+")) {
            return Optional.of(new ServerName.Leading(lower, lower, true));
        }
        if (lower.matches("[^*.][^*]*\\.\\*")) {
            return Optional.of(new ServerName.Trailing(lower, lower.substring(0, lower.length() - 1)));
        }
        // nginx minds such a name only where it has to choose between servers
        return Optional.of(new ServerName.Exact(lower));
    }
}
