package dev.fairlead.dialect.nginx.scope;

import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.variable.Variables;
import dev.fairlead.model.http.Logging;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The `http` block while it is read, or the `stream` block.
public final class Http {
    private final Variables variables;
    private final List<Server> servers = new ArrayList<>();
    private final Map<String, UpstreamScope> upstreams = new LinkedHashMap<>();
    private final Map<String, Format> formats = new LinkedHashMap<>();
    private final Map<String, Zone> zones = new LinkedHashMap<>();

    private final Set<String> zonesWithSize = new HashSet<>();
    private final List<Word> zonesWithoutSize = new ArrayList<>();
    private final Map<String, Span> caches = new LinkedHashMap<>();
    private final List<Word> usedCaches = new ArrayList<>();
    private final Map<String, Listened> listened = new LinkedHashMap<>();

    public Http() {
        this(new Variables());
    }

    /// The same for the `stream` block, which has names of its own.
    public Http(Variables variables) {
        this.variables = variables;
    }

    /// The servers of one address, in order.
    public static final class Listened {
        private final List<Entry> entries = new ArrayList<>();

        /// A server and how it listens here.
        public record Entry(Listen listen, Server server) {}

        public void add(Listen listen, Server server) {
            entries.add(new Entry(listen, server));
        }

        public List<Entry> entries() {
            return entries;
        }

        /// The listen that sets the socket's options.
        public Optional<Listen> options() {
            return entries.stream()
                    .map(Entry::listen)
                    .filter(Listen::optionsGiven)
                    .findFirst();
        }

        /// The listen that makes its server the default.
        public Optional<Listen> byDefault() {
            return entries.stream().map(Entry::listen).filter(Listen::isDefault).findFirst();
        }
    }

    /// @param line the pieces of the line, one behind the other
    public record Format(String name, List<Word> line, Logging.Escaping escaping, Span origin) {}

    /// @param perSecondThousandths 0 for a zone of connections
    public record Zone(String name, Word key, long bytes, long perSecondThousandths, Span origin) {}

    /// Names of upstreams' zones whose size is given.
    public Set<String> zonesWithSize() {
        return zonesWithSize;
    }

    /// Zones that need their size from elsewhere.
    public List<Word> zonesWithoutSize() {
        return zonesWithoutSize;
    }

    /// Where caches of answers are defined, by name.
    public Map<String, Span> caches() {
        return caches;
    }

    /// Names of caches, wherever one is switched on.
    public List<Word> usedCaches() {
        return usedCaches;
    }

    /// By address as messages show it.
    public Map<String, Listened> listened() {
        return listened;
    }

    public Variables variables() {
        return variables;
    }

    public List<Server> servers() {
        return servers;
    }

    /// By name.
    public Map<String, UpstreamScope> upstreams() {
        return upstreams;
    }

    /// By name.
    public Map<String, Format> formats() {
        return formats;
    }

    /// By kind and name: zones of requests and of connections are the same name space in nginx.
    public Map<String, Zone> zones() {
        return zones;
    }
}
