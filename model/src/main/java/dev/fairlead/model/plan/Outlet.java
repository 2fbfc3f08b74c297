package dev.fairlead.model.plan;

import dev.fairlead.model.net.Address;
import dev.fairlead.source.Span;
import java.util.List;

/// An address that a plan connects to.
///
/// @param isInside whether the plan itself listens there
/// @param origin where the connection is asked for
public record Outlet(Address to, boolean isInside, Span origin) {

    /// All of a plan, before its listeners are moved by a [PortMap].
    public static List<Outlet> of(Plan plan) {
        Reach reach = new Reach(plan.listeners());
        return Departures.of(plan).stream()
                .map(departure ->
                        new Outlet(departure.to(), reach.from(departure.to()).isPresent(), departure.origin()))
                .toList();
    }
}
