package dev.fairlead.dialect.haproxy.build.server;

import dev.fairlead.dialect.haproxy.build.workshop.AddressText;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Template.Part;
import dev.fairlead.model.text.Variable;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Servers without an address or port of their own, such as `0.0.0.0:0`: what is missing is what the client asked
/// for, or what `set-dst` says.
public final class AskedAddress {

    private AskedAddress() {}

    /// @return `[HOST]:PORT`, worked out for each request; empty for servers that have both
    public static Optional<List<Part>> of(Upstream upstream, Workshop workshop) {
        Optional<Upstream.Server> server =
                upstream.servers().stream().filter(AskedAddress::isOpen).findFirst();
        if (server.isPresent() && upstream.servers().size() > 1) {
            Span at = server.get().origin();
            workshop.problems()
                    .error(
                            "haproxy.address",
                            at,
                            "a server without an address or port of its own has to be the only one of its backend",
                            hint(at));
            return Optional.empty();
        }
        return server.map(Upstream.Server::address)
                .filter(Address.Tcp.class::isInstance)
                .map(Address.Tcp.class::cast)
                .map(AskedAddress::parts);
    }

    private static String hint(Span server) {
        List<String> words = List.of(server.text().strip().split("\\s+"));
        boolean isNameless = words.size() > 1 && words.get(1).matches("[^\\s:]+:[0-9]+");
        return isNameless
                ? "a name stands before the address: server NAME " + words.get(1)
                : "the port stands behind the address: server NAME 192.0.2.7:80";
    }

    private static boolean isOpen(Upstream.Server server) {
        return server.traits().lookup().isEmpty()
                && server.address() instanceof Address.Tcp tcp
                && (tcp.port() == 0 || isAsked(tcp));
    }

    /// Whether it stands for the address that the client asked for.
    static boolean isAsked(Address.Tcp address) {
        return AddressText.isAny(address.host());
    }

    private static List<Part> parts(Address.Tcp address) {
        Part host = AddressText.isAny(address.host())
                ? new Part.Reference(new Variable.Builtin(Attribute.ASKED_ADDRESS))
                : new Part.Literal(address.host());
        Part port = address.port() == 0
                ? new Part.Reference(new Variable.Builtin(Attribute.ASKED_PORT))
                : new Part.Literal(Integer.toString(address.port()));
        return List.of(new Part.Literal("["), host, new Part.Literal("]:"), port);
    }

    /// Names are looked up as the machine does it.
    public static Optional<Forward.Resolver> resolver(Span at) {
        return Optional.of(new Forward.Resolver(Optional.empty(), NameLookup.Family.BOTH, at));
    }

    /// With the same behind a scheme.
    public static Template url(List<Part> parts, String scheme, Span at) {
        List<Part> all = new ArrayList<>(List.of(new Part.Literal(scheme)));
        all.addAll(parts);
        return new Template(all, at);
    }
}
