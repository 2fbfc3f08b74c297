package dev.fairlead.engine.route;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.source.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A compiled virtual host.
final class Site {
    private final VirtualHost host;
    private final String name;
    private final Spot root;
    private final Rules rules;
    private final @Nullable LocationTree<Spot> locations;
    private final ClientAddress clientAddress;
    private final boolean asksForCertificates;
    private final Map<String, Spot> named = new HashMap<>(0);

    Site(VirtualHost host, CompileContext context) {
        this.host = host;
        this.name = Text.bytes(host.firstName());
        this.root = new Spot(this, outside(host), context);
        this.clientAddress = root.clientAddress();
        this.asksForCertificates = host.tls().flatMap(tls -> tls.clientAuth()).isPresent();
        this.rules = Rules.compile(host.rules(), inner -> new Spot(this, inner, context), context);
        this.locations = LocationTree.of(host.locations(), location -> new Spot(this, location, context), context);
        for (Location location : host.locations()) {
            if (location.match() instanceof Location.Match.Named(String label)) {
                named.putIfAbsent(Text.bytes(label), new Spot(this, location, context));
            }
        }
        checkEntered(host.rules(), context);
        host.locations().forEach(location -> checkEntered(location, context));
    }

    /// Rules may only send requests to locations that there are.
    private void checkEntered(List<Rule> all, CompileContext context) {
        for (Rule rule : all) {
            if (rule instanceof Rule.Enter(String label, Span origin) && !named.containsKey(Text.bytes(label))) {
                context.problems().error("engine.enter", origin, "there is no location \"@" + label + "\"");
            }
            if (rule instanceof Rule.When when) {
                checkEntered(when.then(), context);
                when.enter().ifPresent(inner -> checkEntered(inner, context));
            }
        }
    }

    private void checkEntered(Location location, CompileContext context) {
        checkEntered(location.rules(), context);
        location.nested().forEach(inner -> checkEntered(inner, context));
    }

    /// The virtual host as a location of its own.
    private static Location outside(VirtualHost host) {
        return new Location(
                new Location.Match.Anywhere(),
                List.of(),
                host.settings(),
                host.action(),
                List.of(),
                false,
                host.origin());
    }

    boolean asksForCertificates() {
        return asksForCertificates;
    }

    VirtualHost host() {
        return host;
    }

    /// The first name, for redirects and logs.
    String name() {
        return name;
    }

    /// Where a request is before a location is found, and where none matches.
    Spot root() {
        return root;
    }

    /// How the client's address is found, before a location is.
    ClientAddress clientAddress() {
        return clientAddress;
    }

    Rules rules() {
        return rules;
    }

    @Nullable
    LocationTree<Spot> locations() {
        return locations;
    }

    @Nullable
    Spot named(String label) {
        return named.get(label);
    }
}
