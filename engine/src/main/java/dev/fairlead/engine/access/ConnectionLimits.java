package dev.fairlead.engine.access;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.RequestLimits;

/// How many at once.
public final class ConnectionLimits {
    private final boolean isNone;

    private ConnectionLimits(boolean isNone) {
        this.isNone = isNone;
    }

    public static ConnectionLimits compile(RequestLimits limits, CompileContext context) {
        return new ConnectionLimits(limits.connections().isEmpty());
    }

    public boolean isNone() {
        return isNone;
    }

    public Slots take(Exchange exchange) {
        return new Slots(0, false);
    }

    /// What a request holds until it is over.
    ///
    /// @param status 0 if it may go on, else that of the error
    public record Slots(int status, boolean isTaken) {
        public void release() {}
    }
}
