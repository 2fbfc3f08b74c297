package dev.fairlead.dialect.haproxy.table;

import dev.fairlead.dialect.Support;

/// A row: a parameter of `bind` or `server`.
///
/// @param values how many words belong to it
public record Parameter(String name, int values, Support support) {}
