package dev.fairlead.model.text;

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
    /// @param slot its place in a request's variables, below [dev.fairlead.model.http.HttpPlan#variableSlots()]
    record Custom(String name, int slot) implements Variable {}

    /// A value looked up by another. Evaluated once per request where the table says so.
    record Lookup(LookupTable table) implements Variable {}

    /// A member of a field's comma-separated lists, all fields of the name taken together.
    ///
    /// @param name lower case, with dashes
    /// @param number from 1, or from the end if negative
    record FieldMember(Side side, String name, int number) implements Variable {}

    /// The whole value of one of the fields of a name.
    ///
    /// @param number from 1, or from the end if negative
    record FieldLine(Side side, String name, int number) implements Variable {}

    /// How many fields of that name there are, or how many members their lists have.
    ///
    /// @param name empty for fields of all names
    record FieldCount(Side side, String name, boolean members) implements Variable {}

    /// The names of all fields in order.
    record FieldNames(Side side, String separator) implements Variable {}

    /// All fields in order, their names in lower case.
    ///
    /// @param binary as lengths and texts, two empty texts at the end; else as lines with an empty one at the end
    record FieldText(Side side, boolean binary) implements Variable {}

    /// A variable that rules set and that is kept as long as the client's connection.
    ///
    /// @param slot its place among those of a connection; counted apart from [Custom#slot()]
    record OfConnection(String name, int slot) implements Variable {}

    /// A variable that rules set, the same for all requests of the process. Kept over reloads.
    record OfProcess(String name) implements Variable {}

    /// A text with variables in it as a variable, for [Converted].
    record Composed(Template template) implements Variable {}

    /// Another variable's value, made into something else.
    record Converted(Variable of, Conversion how) implements Variable {}

    /// A number of a stick table's entry. 0 where the entry does not count such a thing; without a value where
    /// there is no entry.
    record TableNumber(CounterPlace place, Counter counter) implements Variable {}

    /// The same, and the counter is changed each time the value is asked for; a missing entry is made. The
    /// value is the one after an increase, and the one before the counter was set.
    record TableNumberAfter(CounterPlace place, Counter counter, Change change) implements Variable {}

    /// How many entries a stick table has, or how many more there is room for.
    record TableEntries(StickTable table, boolean free) implements Variable {}

    /// A number from 0 up to but not including `below`, drawn each time.
    record RandomNumber(long below) implements Variable {}

    /// `1` or `0`.
    record Answer(Condition condition) implements Variable {}

    /// What an upstream is doing at present.
    record OfUpstream(String upstream, UpstreamNumber what) implements Variable {}

    /// What a server of an upstream is doing at present.
    ///
    /// @param server its name
    record OfServer(String upstream, String server, UpstreamNumber what) implements Variable {}

    /// What comes in by the listeners of one name at present.
    record OfFront(String front, FrontNumber what) implements Variable {}

    /// Which of the two heads.
    enum Side {
        REQUEST,
        RESPONSE
    }

    /// Numbers of an upstream or one of its servers.
    enum UpstreamNumber {
        /// Servers that can take requests; of one server, `1` if it can.
        SERVERS_UP,
        /// Requests at present.
        CONNECTIONS,
        /// Requests that wait for a server.
        QUEUED,
        /// The same for each server that can take requests, rounded up; twice as many as wait if there is none.
        QUEUED_EACH,
        /// New requests in the last second.
        REQUEST_RATE,
        /// Requests that servers have room for, and places in their queues; -1 if one of them has no limit.
        FREE,
        /// Requests that servers have room for; -1 if one of them has no limit.
        ROOM,
        WEIGHT
    }

    /// Numbers of what comes in.
    enum FrontNumber {
        /// Open connections.
        CONNECTIONS,
        /// New connections in the last second.
        CONNECTION_RATE,
        /// Requests in the last second.
        REQUEST_RATE
    }
}
