package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.UpstreamScope;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.NameServers;
import dev.fairlead.model.upstream.Upstream;
import java.util.List;
import java.util.Optional;

/// Servers of an upstream whose names are asked for at run time: `server NAME resolve`, with a `zone` and a
/// `resolver`, as in nginx from 1.27.3 on.
final class UpstreamNames {
    /// Most addresses of a name at once; more of them are left out.
    private static final int MOST_ADDRESSES = 64;

    private UpstreamNames() {}

    /// How a name will be followed once it is known who is asked.
    static NameLookup lookup(Address.Tcp address) {
        return lookup(address.host(), Optional.empty(), NameLookup.Family.BOTH);
    }

    private static NameLookup lookup(String host, Optional<NameServers> by, NameLookup.Family family) {
        return new NameLookup(
                host,
                false,
                by,
                MOST_ADDRESSES,
                List.of(new NameLookup.First.Last(), new NameLookup.First.Nowhere()),
                new NameLookup.Choice(family, List.of(), false, false));
    }

    /// The servers, those that follow names with who is asked.
    static List<Upstream.Server> followed(UpstreamScope scope, Assembly assembly) {
        if (scope.followed().isEmpty()) {
            return scope.servers();
        }
        Optional<ResolverDirectives.Asked> asked = ResolverDirectives.asked(scope.level());
        Word first = scope.followed().getFirst();
        if (!scope.isShared()) {
            assembly.problems()
                    .error(
                            "nginx.resolve",
                            first.span(),
                            "resolving names at run time requires upstream \"" + scope.name()
                                    + "\" to be in shared memory",
                            "add a zone to it: zone " + scope.name() + " 64k;");
        }
        if (asked.isEmpty()) {
            assembly.problems()
                    .error(
                            "nginx.resolve",
                            first.span(),
                            "no resolver defined to resolve names at run time in upstream \"" + scope.name() + "\"",
                            "for example resolver 127.0.0.1;");
        }
        return scope.servers().stream()
                .map(server -> server.traits()
                        .lookup()
                        .map(lookup -> server.with(server.traits()
                                .withLookup(lookup(
                                        lookup.host(),
                                        asked.map(ResolverDirectives.Asked::by),
                                        asked.map(ResolverDirectives.Asked::family)
                                                .orElse(NameLookup.Family.BOTH)))))
                        .orElse(server))
                .toList();
    }
}
