package dev.fairlead.cli.explain;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.text.Expression;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.http.VirtualHost.ServerName;
import dev.fairlead.source.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Why the router chose a virtual host, and why none of the others.
final class HostReasons {
    private static final int MOST_NAMES = 4;

    private final HttpListener listener;
    private final VirtualHost chosen;
    private final String asked;
    private final Optional<ServerName> by;

    /// @param asked lower case, without port
    HostReasons(HttpListener listener, VirtualHost chosen, String asked) {
        this.listener = listener;
        this.chosen = chosen;
        this.asked = asked;
        this.by =
                chosen.names().stream().filter(this::fits).min((one, other) -> Integer.compare(rank(one), rank(other)));
    }

    Step step() {
        if (chosen.names().isEmpty() && listener.hosts().size() == 1) {
            return Step.at("host", Way.opening(chosen.origin()), chosen.origin());
        }
        String name = chosen.names().isEmpty() ? "(no name)" : chosen.firstName();
        Step step = Step.at("host", "virtual host " + name, chosen.origin());
        if (listener.hosts().size() == 1) {
            return step.add(Step.of("because", "the only one of the listener"));
        }
        step.add(Step.of("because", because()));
        for (VirtualHost other : listener.hosts()) {
            if (!isSame(other, chosen)) {
                step.add(Step.at("not", "not " + names(other) + ": " + whyNot(other), other.origin()));
            }
        }
        return step;
    }

    private String because() {
        String sought = asked.isEmpty() ? "the request names no host" : "\"" + asked + "\"";
        if (by.isEmpty()) {
            return asked.isEmpty()
                    ? sought + ": this is the default one"
                    : "no name is or fits " + sought + ": this is the default one";
        }
        return switch (by.get()) {
            case ServerName.Exact is -> sought + " is its name";
            case ServerName.Leading is -> sought + " fits " + is.text();
            case ServerName.Trailing is -> sought + " fits " + is.text();
            case ServerName.Expression is -> sought + " matches " + is.text();
        };
    }

    private String whyNot(VirtualHost other) {
        if (other.names().isEmpty()) {
            return "it has no name";
        }
        Optional<ServerName> fitting = other.names().stream()
                .filter(this::fits)
                .min((one, another) -> Integer.compare(rank(one), rank(another)));
        if (fitting.isEmpty() || by.isEmpty()) {
            return other.names().size() == 1 ? "another name" : "other names";
        }
        ServerName mine = by.get();
        if (rank(mine) < rank(fitting.get())) {
            return switch (mine) {
                case ServerName.Exact is -> fitting.get().text() + " fits too, but an exact name comes first";
                case ServerName.Leading is ->
                    fitting.get().text() + " fits too, but a wildcard in front of a name comes first";
                case ServerName.Trailing is -> fitting.get().text() + " fits too, but wildcards come first";
                case ServerName.Expression is -> "another name";
            };
        }
        return switch (mine) {
            case ServerName.Exact is -> "it has the same name, but comes later";
            case ServerName.Leading is -> "the wildcard " + fitting.get().text() + " is not longer";
            case ServerName.Trailing is -> "the wildcard " + fitting.get().text() + " is not longer";
            case ServerName.Expression is -> fitting.get().text() + " matches too, but comes later";
        };
    }

    private static int rank(ServerName name) {
        return switch (name) {
            case ServerName.Exact is -> 0;
            case ServerName.Leading is -> 1;
            case ServerName.Trailing is -> 2;
            case ServerName.Expression is -> 3;
        };
    }

    private boolean fits(ServerName name) {
        return switch (name) {
            case ServerName.Exact is -> is.text().equals(asked);
            case ServerName.Leading is ->
                asked.endsWith(is.suffix())
                        || (is.includesBare() && asked.equals(is.suffix().substring(1)));
            case ServerName.Trailing is -> asked.startsWith(is.prefix());
            case ServerName.Expression is ->
                !asked.isEmpty()
                        && Expression.compile(is.regex(), new Problems()).test(Text.bytes(asked));
        };
    }

    private static String names(VirtualHost host) {
        List<String> names = new ArrayList<>(
                host.names().stream().limit(MOST_NAMES).map(ServerName::text).toList());
        if (host.names().size() > MOST_NAMES) {
            names.add("...");
        }
        return names.isEmpty() || names.equals(List.of("")) ? "(no name)" : String.join(" ", names);
    }

    @SuppressWarnings("ReferenceEquality") // two hosts may say the same
    private static boolean isSame(VirtualHost one, VirtualHost other) {
        return one == other;
    }
}
