package dev.fairlead.engine.tls;

import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.source.Problems;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// TLS of a listener: for each server name that a client may ask for, how its virtual host speaks TLS. Immutable.
public final class ServerTls {
    private final HostTls otherwise;
    private final Map<String, HostTls> exact = new HashMap<>();
    private final Map<String, HostTls> leading = new HashMap<>();
    private final Map<String, HostTls> trailing = new HashMap<>();
    private final Map<Pattern, HostTls> expressions = new LinkedHashMap<>();

    private ServerTls(HostTls otherwise) {
        this.otherwise = otherwise;
    }

    /// Reads certificates and keys of all hosts.
    ///
    /// @return empty if something is wrong, which is then among the problems
    public static Optional<ServerTls> compile(HttpListener listener, Problems problems) {
        IdentityHashMap<VirtualHost, HostTls> compiled = new IdentityHashMap<>();
        for (VirtualHost host : listener.hosts()) {
            host.tls().flatMap(tls -> HostContexts.compile(tls, problems)).ifPresent(tls -> compiled.put(host, tls));
        }
        HostTls otherwise = compiled.get(listener.defaultHost());
        if (otherwise == null) {
            if (listener.defaultHost().tls().isEmpty()) {
                problems.error(
                        "tls.missing",
                        listener.defaultHost().origin(),
                        "no certificate is defined for the TLS listener "
                                + listener.address().text());
            }
            return Optional.empty();
        }
        ServerTls result = new ServerTls(otherwise);
        for (VirtualHost host : listener.hosts()) {
            HostTls tls = compiled.get(host);
            if (tls != null) {
                host.names().forEach(name -> result.enter(name, tls));
            }
        }
        return Optional.of(result);
    }

    private void enter(VirtualHost.ServerName name, HostTls tls) {
        switch (name) {
            case VirtualHost.ServerName.Exact it -> exact.putIfAbsent(it.text(), tls);
            case VirtualHost.ServerName.Leading it -> {
                leading.putIfAbsent(it.suffix(), tls);
                if (it.includesBare()) {
                    exact.putIfAbsent(it.suffix().substring(1), tls);
                }
            }
            case VirtualHost.ServerName.Trailing it -> trailing.putIfAbsent(it.prefix(), tls);
            case VirtualHost.ServerName.Expression it -> {
                int flags = it.regex().ignoreCase() ? Pattern.CASE_INSENSITIVE : 0;
                expressions.putIfAbsent(Pattern.compile(it.regex().pattern(), flags), tls);
            }
        }
    }

    /// @param serverName as the client sent it; null if it sent none
    public HostTls forName(@Nullable String serverName) {
        if (serverName == null || serverName.isEmpty()) {
            return otherwise;
        }
        String name = serverName.toLowerCase(Locale.ROOT);
        HostTls found = exact.get(name);
        for (int dot = name.indexOf('.'); found == null && dot >= 0; dot = name.indexOf('.', dot + 1)) {
            found = leading.get(name.substring(dot));
        }
        for (int dot = name.lastIndexOf('.'); found == null && dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            found = trailing.get(name.substring(0, dot + 1));
        }
        return found == null ? byExpression(name) : found;
    }

    private HostTls byExpression(String name) {
        for (Map.Entry<Pattern, HostTls> entry : expressions.entrySet()) {
            if (entry.getKey().matcher(name).find()) {
                return entry.getValue();
            }
        }
        return otherwise;
    }
}
