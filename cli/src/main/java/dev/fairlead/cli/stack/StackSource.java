package dev.fairlead.cli.stack;

import dev.fairlead.model.plan.PortMap;

/// Where a stack comes from. Read once to start it and again for each reload.
@FunctionalInterface
public interface StackSource {
    /// Never fails: what is wrong is part of the result.
    CompiledStack read();

    /// Where its listeners are moved to.
    default PortMap ports() {
        return PortMap.NONE;
    }
}
