package dev.fairlead.model.text;

import dev.fairlead.model.net.AddressRange;
import dev.fairlead.source.Span;
import java.util.List;

/// A question about a request with yes or no for an answer.
///
/// Where a question is asked of a template that is a single variable, and the request has no such thing, the
/// answer is no; see [Present]. Where it is asked of each member of a list (`eachOfList`), the value is taken
/// apart at its commas, spaces around the members do not count, and one member that fits is enough.
public sealed interface Condition {
    /// The same without anything that is only [Stated], for those who compare.
    default Condition plain() {
        return switch (this) {
            case Stated stated -> stated.condition().plain();
            case Listed listed -> listed.condition().plain();
            case Not not -> new Not(not.condition().plain());
            case AllOf all ->
                new AllOf(all.conditions().stream().map(Condition::plain).toList());
            case AnyOf any ->
                new AnyOf(any.conditions().stream().map(Condition::plain).toList());
            case IsTrue one -> one;
            case Same one -> one;
            case Matches one -> one;
            case FindsAny one -> one;
            case OneOf one -> one;
            case InNetworks one -> one;
            case InNumbers one -> one;
            case Present one -> one;
            case Authenticated one -> one;
            case FileTest one -> one;
            case Always one -> one;
        };
    }

    /// The text is neither empty nor `0`.
    record IsTrue(Template value) implements Condition {}

    /// Byte for byte the same.
    record Same(Template left, Template right) implements Condition {}

    /// Sets captures when it matches.
    record Matches(Template value, Regex regex) implements Condition {}

    /// The value is compared with a list that is known by a name and may change while the program runs.
    ///
    /// @param list its name: the file it was read from
    /// @param patterns the list as it was read, as written there
    /// @param condition the comparison with these: a [FindsAny], [OneOf], [InNetworks] or [InNumbers]
    record Listed(String list, List<String> patterns, Condition condition) implements Condition {
        public Listed {
            patterns = List.copyOf(patterns);
        }
    }

    /// One of the expressions is found. Leaves captures as they are.
    record FindsAny(Template value, List<Regex> expressions, boolean eachOfList) implements Condition {}

    /// The value is, begins with, contains... a text of the set.
    record OneOf(Template value, TextSet set, boolean eachOfList) implements Condition {}

    /// The value is an address in one of the ranges. IPv4 addresses in IPv6 form count as IPv4; what is no
    /// address lies nowhere.
    record InNetworks(Template address, List<AddressRange> ranges, boolean eachOfList) implements Condition {}

    /// The whole decimal number that the value begins with is in one of the ranges. It is 0 for a value that
    /// begins with none; an empty value lies nowhere.
    record InNumbers(Template value, List<NumberRange> ranges, boolean eachOfList) implements Condition {}

    /// The request has such a thing at all, be it empty: the header field, the cookie, the argument, the counter.
    record Present(Variable variable) implements Condition {}

    /// The request names a user of the list with the right password, by Basic authentication.
    ///
    /// @param groups of which the user must be in one; empty for no such demand
    record Authenticated(UserList users, List<String> groups) implements Condition {}

    record FileTest(Template path, Kind kind) implements Condition {
        /// What is asked of the path.
        public enum Kind {
            IS_FILE,
            IS_DIRECTORY,
            EXISTS,
            IS_EXECUTABLE
        }
    }

    record Not(Condition condition) implements Condition {}

    /// All of them, asked in order up to the first that does not hold; yes if there are none.
    record AllOf(List<Condition> conditions) implements Condition {}

    /// One of them, asked in order up to the first that holds; no if there are none.
    record AnyOf(List<Condition> conditions) implements Condition {}

    /// The same question; it was written at a place of its own, such as that of a test with a name.
    record Stated(Condition condition, Span origin) implements Condition {}

    record Always(boolean holds) implements Condition {}
}
