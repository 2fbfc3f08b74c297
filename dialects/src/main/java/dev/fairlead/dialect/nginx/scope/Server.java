package dev.fairlead.dialect.nginx.scope;

import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;

/// A `server` block while it is read.
public final class Server {
    private final Place place;
    private final List<Listen> listens = new ArrayList<>();
    private final List<NamedAt> names = new ArrayList<>();

    Server(Place place) {
        this.place = place;
    }

    public record NamedAt(VirtualHost.ServerName name, Span origin) {}

    public Place place() {
        return place;
    }

    public List<Listen> listens() {
        return listens;
    }

    public List<NamedAt> names() {
        return names;
    }
}
