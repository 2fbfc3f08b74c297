package dev.fairlead.dialect.haproxy.build.workshop;

import dev.fairlead.model.text.Variable;

/// By which address of a frontend a connection has come in.
///
/// @param name as its `bind` line says; empty for none
/// @param number as its `bind` line says, or counted from 1
public record Entrances(Variable name, Variable number) {}
