package dev.fairlead.engine.route;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.text.Expression;
import dev.fairlead.model.http.VirtualHost.ServerName;
import dev.fairlead.source.Problems;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The virtual hosts of a listener by name. In this order: the exact name, the longest wildcard in front, the
/// longest wildcard behind, the first regular expression; else the default host. The first host of several with
/// one name has it.
final class HostTable<T> {
    private final TextTable<T> exact = new TextTable<>();
    private final AffixTable<T> leading = AffixTable.ofSuffixes();
    private final AffixTable<T> trailing = AffixTable.ofPrefixes();
    private final List<Named<T>> expressions = new ArrayList<>();
    private final T otherwise;

    HostTable(T otherwise) {
        this.otherwise = otherwise;
    }

    void put(ServerName name, T host, Problems problems) {
        switch (name) {
            case ServerName.Exact is -> exact.putIfAbsent(Text.bytes(is.text()), host);
            case ServerName.Leading is -> {
                leading.put(Text.bytes(is.suffix()), host);
                if (is.includesBare()) {
                    exact.putIfAbsent(Text.bytes(is.suffix()).substring(1), host);
                }
            }
            case ServerName.Trailing is -> trailing.put(Text.bytes(is.prefix()), host);
            case ServerName.Expression is ->
                expressions.add(new Named<>(Expression.compile(is.regex(), problems), host));
        }
    }

    T otherwise() {
        return otherwise;
    }

    /// @param host lower case, without port; may be empty
    /// @param exchange gets the captures of a regular expression
    T find(String host, Exchange exchange) {
        T found = exact.find(host);
        if (found == null) {
            found = leading.find(host);
        }
        if (found == null) {
            found = trailing.find(host);
        }
        if (found == null && !host.isEmpty()) {
            found = byExpression(host, exchange);
        }
        return found == null ? otherwise : found;
    }

    /// Whether a host has that name, or one that fits it.
    boolean isNamed(String host) {
        return exact.find(host) != null
                || leading.find(host) != null
                || trailing.find(host) != null
                || expressions.stream().anyMatch(named -> named.expression().test(host));
    }

    private @Nullable T byExpression(String host, Exchange exchange) {
        for (int i = 0; i < expressions.size(); i++) {
            if (expressions.get(i).expression().find(host, exchange)) {
                return expressions.get(i).host();
            }
        }
        return null;
    }

    private record Named<T>(Expression expression, T host) {}
}
