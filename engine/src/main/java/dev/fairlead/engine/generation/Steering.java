package dev.fairlead.engine.generation;

import dev.fairlead.engine.connection.SessionFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for what event loops say. Never called on one.
final class Steering {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Steering() {}

    static List<SessionFacts> sessions(List<Future<List<SessionFacts>>> asked) {
        List<SessionFacts> all = new ArrayList<>();
        asked.forEach(each -> all.addAll(said(each, List.of())));
        return all;
    }

    static int sum(List<Future<Integer>> asked) {
        return asked.stream().mapToInt(each -> said(each, 0)).sum();
    }

    /// @param otherwise what a loop that says nothing counts as
    private static <T> T said(Future<T> asked, T otherwise) {
        try {
            return asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return otherwise;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        } catch (TimeoutException busy) {
            return otherwise;
        }
    }
}
