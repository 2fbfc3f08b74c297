package dev.fairlead.engine.upstream.balance;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.text.Check;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.ServerGroup;

/// A server that gets all requests of which something holds.
record RuleBond(String server, Check when) implements Bonds.Bond {
    @Override
    public boolean recall(Exchange exchange, ServerGroup group, Recollection into) {
        if (into.server() == null && when.holds(exchange)) {
            for (Member member : group.members()) {
                if (member.isNamed(server) && into.mayBind(member)) {
                    into.bind(member);
                    return false;
                }
            }
        }
        return false;
    }

    @Override
    public boolean answered(Exchange exchange, Member server, Recollection recollection, boolean isTelling) {
        return false;
    }

    @Override
    public boolean competesWith(Bonds.Bond other) {
        return false;
    }
}
