package dev.fairlead.engine.upstream.balance;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.text.Check;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.ServerGroup;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.upstream.Persistence;
import dev.fairlead.model.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What binds clients to the servers of one upstream. Compiled, shared by all its requests.
public final class Bonds {
    private final List<Bond> bonds;
    private final @Nullable Check cookieIgnored;
    private final @Nullable Check evenDown;

    private Bonds(List<Bond> bonds, @Nullable Check cookieIgnored, @Nullable Check evenDown) {
        this.bonds = bonds;
        this.cookieIgnored = cookieIgnored;
        this.evenDown = evenDown;
    }

    /// @return null if nothing binds
    static @Nullable Bonds compile(Upstream upstream, CompileContext context) {
        List<Bond> bonds = new ArrayList<>();
        for (Persistence persistence : upstream.persistence()) {
            bonds.add(
                    switch (persistence) {
                        case Persistence.InCookie cookie -> new CookieBond(cookie, context.clock());
                        case Persistence.Ruled ruled ->
                            new RuleBond(ruled.server(), Check.compile(ruled.when(), Texts.of(context)));
                        case Persistence.InRdpCookie desktop -> new RdpBond(context.text(desktop.cookie()));
                        case Persistence.Remembered remembered -> TableBond.compile(remembered, context);
                    });
        }
        Upstream.Loyalty loyalty = upstream.loyalty();
        return bonds.isEmpty()
                ? null
                : new Bonds(bonds, check(loyalty.cookieIgnored(), context), check(loyalty.evenDown(), context));
    }

    private static @Nullable Check check(Optional<Condition> condition, CompileContext context) {
        return condition.map(found -> Check.compile(found, Texts.of(context))).orElse(null);
    }

    /// One thing that binds.
    interface Bond {
        /// Finds the server that the request is bound to, unless another bond has found one already.
        ///
        /// @return whether a table is to be told of the server that answers
        boolean recall(Exchange exchange, ServerGroup group, Recollection into);

        /// The server answered, and the head of the answer is put together.
        ///
        /// @param isTelling what [#recall] returned
        /// @return whether a table was told of the server for the sake of the answer
        boolean answered(Exchange exchange, Member server, Recollection recollection, boolean isTelling);

        /// The server has said something, where bytes are passed on.
        ///
        /// @return whether a table was told of the server
        default boolean spoke(Exchange exchange, Member server) {
            return false;
        }

        /// Whether [#spoke] is to be called.
        default boolean awaitsWords() {
            return false;
        }

        /// Whether both tell the same table at the same moment; then the first that has a key does, and the other
        /// does nothing.
        boolean competesWith(Bond other);
    }

    /// @param into cleared
    public void recall(Exchange exchange, ServerGroup group, Recollection into) {
        into.cookieIgnored(cookieIgnored != null && cookieIgnored.holds(exchange));
        into.evenDown(evenDown != null && evenDown.holds(exchange));
        long telling = 0;
        for (int i = 0; i < bonds.size(); i++) {
            if (!isTaken(i, telling) && bonds.get(i).recall(exchange, group, into)) {
                telling |= 1L << i;
            }
        }
        into.telling(telling);
    }

    public void answered(Exchange exchange, Member server, Recollection recollection) {
        long told = 0;
        for (int i = 0; i < bonds.size(); i++) {
            boolean isTelling = (recollection.telling() & 1L << i) != 0;
            if (!isTaken(i, told) && bonds.get(i).answered(exchange, server, recollection, isTelling)) {
                told |= 1L << i;
            }
        }
    }

    /// Whether something binds by what a server says first.
    public boolean awaitsWords() {
        return bonds.stream().anyMatch(Bond::awaitsWords);
    }

    public void spoke(Exchange exchange, Member server) {
        long told = 0;
        for (int i = 0; i < bonds.size(); i++) {
            if (!isTaken(i, told) && bonds.get(i).spoke(exchange, server)) {
                told |= 1L << i;
            }
        }
    }

    /// @param telling a bit for each bond that tells its table
    private boolean isTaken(int index, long telling) {
        for (int i = 0; telling != 0 && i < index; i++) {
            if ((telling & 1L << i) != 0 && bonds.get(index).competesWith(bonds.get(i))) {
                return true;
            }
        }
        return false;
    }
}
