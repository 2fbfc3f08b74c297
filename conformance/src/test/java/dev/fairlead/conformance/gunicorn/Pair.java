package dev.fairlead.conformance.gunicorn;

import dev.fairlead.conformance.Difference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The real gunicorn and Fairlead, called with the same options.
record Pair(AppServer gunicorn, AppServer fairlead) implements AutoCloseable {
    /// @param theirs the folder where gunicorn runs
    /// @param ours where Fairlead does; may be the same
    static Pair start(Path theirs, Path ours, Map<String, String> environment, List<String> options) {
        return new Pair(
                AppServer.start(AppServer.Kind.GUNICORN, theirs, environment, options),
                AppServer.start(AppServer.Kind.FAIRLEAD, ours, environment, options));
    }

    /// Sends a request to both.
    ///
    /// @param name by which differences know it
    /// @param seen where the titles of the differences go that are there
    /// @throws AssertionError if the answers differ otherwise than is allowed
    void check(RequestFile.Case request, String name, List<Difference> allowed, Set<String> seen) {
        String report = report(request, name, Answer.BRIEFLY, allowed, seen);
        // Who has not answered within seconds waits for more, or the machine is busy.
        if (!report.isEmpty()
                && report(request, name, Answer.LONG, allowed, seen).isEmpty()) {
            return;
        }
        if (!report.isEmpty()) {
            throw new AssertionError(name + report);
        }
    }

    private String report(
            RequestFile.Case request, String name, Duration patience, List<Difference> allowed, Set<String> seen) {
        List<Answer> theirs = Answer.to(request, gunicorn.port(), patience);
        List<Answer> ours = Answer.to(request, fairlead.port(), patience);
        StringBuilder report = new StringBuilder();
        for (int i = 0; i < theirs.size(); i++) {
            Map<String, String> differences = theirs.get(i).differences(ours.get(i));
            for (Map.Entry<String, String> difference : differences.entrySet()) {
                Optional<Difference> found = Difference.covering(allowed, name, difference.getKey());
                found.map(Difference::title).ifPresent(seen::add);
                if (found.isEmpty()) {
                    report.append("\n[").append(i + 1).append("] ").append(difference.getKey());
                    report.append("\n     ").append(difference.getValue());
                }
            }
        }
        return report.toString();
    }

    @Override
    public void close() {
        gunicorn.close();
        fairlead.close();
    }
}
