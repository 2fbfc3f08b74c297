package dev.fairlead.dialect.haproxy.sample;

import java.util.List;

/// A row: something that can be fetched.
///
/// @param least fewest arguments
/// @param most most arguments
/// @param doc what it is, for the documentation
/// @param maker makes it
record Fetch(String name, int least, int most, String doc, Maker maker) {

    /// Makes a sample of a call with the right number of arguments.
    @FunctionalInterface
    interface Maker {
        /// @throws IllegalArgumentException with the reason if an argument is wrong
        Sample make(Call call, Surroundings around);
    }

    /// The same under other names.
    List<Fetch> alsoAs(String... names) {
        List<Fetch> rows = new java.util.ArrayList<>(List.of(this));
        for (String other : names) {
            rows.add(new Fetch(other, least, most, doc, maker));
        }
        return rows;
    }
}
