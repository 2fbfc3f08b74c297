package dev.fairlead.engine.tls;

import dev.fairlead.model.http.VirtualHost;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What belongs to the server names that clients ask for in TLS. Filled once, then read by several threads.
///
/// @param <T> what belongs to a name
public final class NameTable<T> {
    private final T otherwise;
    private final Map<String, T> exact = new HashMap<>();
    private final Map<String, T> leading = new HashMap<>();
    private final Map<String, T> trailing = new HashMap<>();
    private final Map<Pattern, T> expressions = new LinkedHashMap<>();

    /// @param otherwise for clients that ask for no name, or another one
    public NameTable(T otherwise) {
        this.otherwise = otherwise;
    }

    /// The first of several entries of a name counts.
    public void enter(VirtualHost.ServerName name, T value) {
        switch (name) {
            case VirtualHost.ServerName.Exact it -> exact.putIfAbsent(it.text(), value);
            case VirtualHost.ServerName.Leading it -> {
                leading.putIfAbsent(it.suffix(), value);
                if (it.includesBare()) {
                    exact.putIfAbsent(it.suffix().substring(1), value);
                }
            }
            case VirtualHost.ServerName.Trailing it -> trailing.putIfAbsent(it.prefix(), value);
            case VirtualHost.ServerName.Expression it -> {
                int flags = it.regex().ignoreCase() ? Pattern.CASE_INSENSITIVE : 0;
                expressions.putIfAbsent(Pattern.compile(it.regex().pattern(), flags), value);
            }
        }
    }

    /// @param serverName as the client sent it; null if it sent none
    public T find(@Nullable String serverName) {
        if (serverName == null || serverName.isEmpty()) {
            return otherwise;
        }
        String name = serverName.toLowerCase(Locale.ROOT);
        T found = exact.get(name);
        for (int dot = name.indexOf('.'); found == null && dot >= 0; dot = name.indexOf('.', dot + 1)) {
            found = leading.get(name.substring(dot));
        }
        for (int dot = name.lastIndexOf('.'); found == null && dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            found = trailing.get(name.substring(0, dot + 1));
        }
        return found == null ? byExpression(name) : found;
    }

    private T byExpression(String name) {
        for (Map.Entry<Pattern, T> entry : expressions.entrySet()) {
            if (entry.getKey().matcher(name).find()) {
                return entry.getValue();
            }
        }
        return otherwise;
    }
}
