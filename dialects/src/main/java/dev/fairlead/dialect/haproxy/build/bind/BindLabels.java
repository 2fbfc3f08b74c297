package dev.fairlead.dialect.haproxy.build.bind;

import dev.fairlead.dialect.haproxy.build.workshop.Entrances;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// By which address of a frontend a connection has come in: its name, or its number.
public final class BindLabels {
    private static final Set<String> EVERY = Set.of("*", "0.0.0.0", "::");

    private BindLabels() {}

    public static Variable of(List<Bind> binds, Span origin) {
        return of(binds, "label", Bind::label, origin);
    }

    /// A tilde where the address is for secured connections.
    public static Variable tildes(List<Bind> binds, Span origin) {
        return of(binds, "tilde", bind -> bind.tls().isPresent() ? "~" : "", origin);
    }

    /// For expressions that ask.
    static Entrances entrances(List<Bind> binds, Span origin) {
        return new Entrances(of(binds, "name", Bind::name, origin), of(binds, "number", Bind::number, origin));
    }

    private static Variable of(List<Bind> binds, String what, Function<Bind, String> text, Span origin) {
        Map<String, Template> byAddress = new HashMap<>();
        Map<String, Template> byPort = new HashMap<>();
        for (Bind bind : binds) {
            Template label = Template.constant(text.apply(bind), origin);
            switch (bind.address()) {
                case Address.Tcp tcp -> {
                    String port = Integer.toString(tcp.port());
                    if (EVERY.contains(tcp.host())) {
                        byPort.putIfAbsent(port, label);
                    } else {
                        byAddress.putIfAbsent(tcp.host() + " " + port, label);
                    }
                }
                case Address.Unix unix -> byAddress.putIfAbsent("unix:" + unix.path() + " ", label);
            }
        }
        Template first = Template.constant(binds.isEmpty() ? "" : text.apply(binds.getFirst()), origin);
        Variable address = new Variable.Builtin(Attribute.SERVER_ADDRESS);
        Template.Part port = new Template.Part.Reference(new Variable.Builtin(Attribute.SERVER_PORT));
        Template whole = new Template(
                List.of(new Template.Part.Reference(address), new Template.Part.Literal(" "), port), origin);
        Variable byPortAlone = chosen(what + " by port", new Template(List.of(port), origin), byPort, first, origin);
        return chosen(what + " by address", whole, byAddress, Template.of(byPortAlone, origin), origin);
    }

    private static Variable chosen(
            String name, Template input, Map<String, Template> exact, Template otherwise, Span origin) {
        return new Variable.Lookup(new LookupTable.ByText(
                name, input, exact, Map.of(), Map.of(), List.of(), Optional.of(otherwise), false, true, origin));
    }
}
