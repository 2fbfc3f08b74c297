package dev.fairlead.model.roster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A page that shows a roster's parts, for people; with endings of its address as CSV or JSON, for programs.
///
/// @param prefix what addresses of the page begin with
/// @param scope names of the sections that are shown; empty for all
/// @param isSteering whether servers may be put to work and taken out by it
/// @param refresh how often browsers ask again
/// @param showsVersion whether it says what runs
/// @param showsLegends whether it says addresses, cookies and how servers are chosen
/// @param node the name of the machine, where it is shown
/// @param description a text, where it is shown
public record StatusPage(
        String prefix,
        List<String> scope,
        boolean isSteering,
        Optional<Duration> refresh,
        boolean showsVersion,
        boolean showsLegends,
        Optional<String> node,
        Optional<String> description) {
    public StatusPage {
        scope = List.copyOf(scope);
    }

    public StatusPage steering() {
        return new StatusPage(prefix, scope, true, refresh, showsVersion, showsLegends, node, description);
    }
}
