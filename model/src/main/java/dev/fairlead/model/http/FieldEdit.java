package dev.fairlead.model.http;

import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.TextSet;

/// A change of the header fields of a request or a response. Field names are compared without regard to case.
public sealed interface FieldEdit {
    /// Removes every field of that name and adds one, be its value empty.
    record Set(String name, Template value) implements FieldEdit {}

    /// Adds a field behind those that are there.
    record Add(String name, Template value) implements FieldEdit {}

    record Remove(Names names) implements FieldEdit {}

    /// Replaces the whole of each value in which the expression is found; the field stays where it is.
    ///
    /// @param replacement groups of the match are [dev.fairlead.model.text.Variable.Capture]s in it
    /// @param eachOfList whether the members between the commas of a value are looked at and replaced one by one
    record Replace(String name, Regex regex, Template replacement, boolean eachOfList) implements FieldEdit {}

    /// Which fields.
    sealed interface Names {
        record Named(String name) implements Names {}

        record Like(TextSet names) implements Names {}

        record Matching(Regex regex) implements Names {}
    }
}
