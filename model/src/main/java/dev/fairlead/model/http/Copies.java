package dev.fairlead.model.http;

import dev.fairlead.source.Span;
import java.util.List;

/// Copies of requests that are sent to other places of the virtual host while the request itself is answered. What
/// is answered to them is dropped.
///
/// @param paths where to, a copy to each; none for no copies
/// @param withBody whether they have the request's body, which then is taken in whole before it is answered
public record Copies(List<String> paths, boolean withBody, Span origin) {
    public static final Copies NONE = new Copies(List.of(), true, Span.builtIn());
}
