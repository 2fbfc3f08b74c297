package dev.fairlead.model.http;

import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.upstream.Upstream;
import java.util.List;

/// All HTTP traffic of a stack.
///
/// @param upstreams those declared and those implied by an address
/// @param variableSlots how many custom variables a request has room for
/// @param lookups tables that are used, for status and `explain`
public record HttpPlan(
        List<HttpListener> listeners, List<Upstream> upstreams, int variableSlots, List<LookupTable> lookups) {
    public static final HttpPlan EMPTY = new HttpPlan(List.of(), List.of(), 0, List.of());
}
