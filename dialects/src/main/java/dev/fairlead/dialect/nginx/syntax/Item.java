package dev.fairlead.dialect.nginx.syntax;

/// What stands in a block.
public sealed interface Item permits Statement, Fault {}
