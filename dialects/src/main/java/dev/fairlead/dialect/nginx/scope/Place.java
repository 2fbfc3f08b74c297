package dev.fairlead.dialect.nginx.scope;

import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Rule;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where requests come to: a server, a location, the inside of an `if`.
public final class Place {
    private final Location.Match match;
    private final Span origin;
    private final Level level;
    private final Server server;
    private final @Nullable Place around;
    private final List<Deferred<Rule>> rules = new ArrayList<>();
    private final List<Place> nested = new ArrayList<>();
    private @Nullable Deferred<Action> action;
    private @Nullable Span actionOrigin;
    private boolean internalOnly;

    private Place(
            Location.Match match,
            Level parent,
            Context context,
            @Nullable Place around,
            @Nullable Server server,
            Span origin) {
        this.match = match;
        this.origin = origin;
        this.around = around;
        this.level = parent.child(context, this);
        this.server = server == null ? new Server(this) : server;
    }

    /// A server's own place, with its server.
    public static Place ofServer(Level http, Span origin) {
        return new Place(new Location.Match.Anywhere(), http, Context.SERVER, null, null, origin);
    }

    /// A place inside this one.
    public Place inside(Location.Match where, Context context, Span at) {
        return new Place(where, level, context, this, server, at);
    }

    public Location.Match match() {
        return match;
    }

    public Span origin() {
        return origin;
    }

    public Level level() {
        return level;
    }

    public Server server() {
        return server;
    }

    /// The place around this one; none for a server.
    public Optional<Place> around() {
        return Optional.ofNullable(around);
    }

    /// The nearest place that is a location proper, not an `if` or `limit_except`; the server's if there is none.
    public Place location() {
        boolean pseudo = match instanceof Location.Match.Anywhere;
        return pseudo && around != null ? around.location() : this;
    }

    public List<Deferred<Rule>> rules() {
        return rules;
    }

    public List<Place> nested() {
        return nested;
    }

    /// Sets what answers here; what was set before is replaced, as nginx's handlers do.
    public void answer(Deferred<Action> by, Span at) {
        action = by;
        actionOrigin = at;
    }

    public Optional<Deferred<Action>> action() {
        return Optional.ofNullable(action);
    }

    public Optional<Span> actionOrigin() {
        return Optional.ofNullable(actionOrigin);
    }

    public void makeInternal() {
        internalOnly = true;
    }

    public boolean internalOnly() {
        return internalOnly;
    }
}
