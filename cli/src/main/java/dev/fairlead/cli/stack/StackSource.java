package dev.fairlead.cli.stack;

/// Where a stack comes from. Read once to start it and again for each reload.
@FunctionalInterface
public interface StackSource {
    /// Never fails: what is wrong is part of the result.
    CompiledStack read();
}
