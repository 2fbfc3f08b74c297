package dev.fairlead.model.http;

/// Something a request, its connection or its response knows, as templates and conditions refer to it.
/// A variable without a value evaluates to the empty text (and to `-` in access logs).
public sealed interface Variable {
    record Builtin(Attribute attribute) implements Variable {}

    /// All values of a request header field, joined by `, ` (by `; ` for Cookie).
    ///
    /// @param name lower case, with dashes
    record RequestHeader(String name) implements Variable {}

    /// A header field as sent to the client.
    record ResponseHeader(String name) implements Variable {}

    /// A trailer field as sent to the client.
    record ResponseTrailer(String name) implements Variable {}

    /// A header field as the upstream sent it.
    record UpstreamHeader(String name) implements Variable {}

    /// A trailer field as the upstream sent it.
    record UpstreamTrailer(String name) implements Variable {}

    /// A cookie the upstream set, by name.
    record UpstreamCookie(String name) implements Variable {}

    record Cookie(String name) implements Variable {}

    /// The first query argument of that name, as received (not decoded).
    record QueryArgument(String name) implements Variable {}

    /// A group of the regular expression that matched last.
    record Capture(int group) implements Variable {}

    /// A variable that rules set or that a named group of a regular expression fills.
    ///
    /// @param slot its place in a request's variables, below [HttpPlan#variableSlots()]
    record Custom(String name, int slot) implements Variable {}

    /// A value looked up by another. Evaluated once per request where the table says so.
    record Lookup(LookupTable table) implements Variable {}
}
