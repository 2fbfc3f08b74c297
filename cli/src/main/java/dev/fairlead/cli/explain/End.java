package dev.fairlead.cli.explain;

import dev.fairlead.engine.trace.Event;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Where a request's way ends.
///
/// @param status of the answer, where the stack itself gives it
/// @param file that is sent
/// @param server outside the stack's traffic that is asked, or empty
/// @param application that is asked
record End(OptionalInt status, Optional<String> file, Optional<String> server, Optional<String> application) {
    /// The connection ends without an answer.
    static final End NOWHERE = new End(OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static End answered(int status, List<Event> events) {
        int failed = 0;
        for (int i = 0; i < events.size(); i++) {
            failed = events.get(i) instanceof Event.Failed ? i : failed;
        }
        Optional<String> file = events.stream()
                .skip(failed)
                .filter(Event.Looked.class::isInstance)
                .map(Event.Looked.class::cast)
                .filter(looked ->
                        looked.purpose() == Event.Purpose.CONTENT || looked.purpose() == Event.Purpose.COMPRESSED)
                .filter(looked ->
                        looked.kind() == Event.Kind.FILE && looked.failure().isEmpty())
                .reduce((earlier, later) -> later)
                .map(Event.Looked::file);
        return new End(OptionalInt.of(status), file, Optional.empty(), Optional.empty());
    }

    static End server(String address) {
        return new End(OptionalInt.empty(), Optional.empty(), Optional.of(address), Optional.empty());
    }

    static End application(String name) {
        return new End(OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.of(name));
    }

    boolean isNowhere() {
        return equals(NOWHERE);
    }
}
