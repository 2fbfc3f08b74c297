package dev.fairlead.model.plan;

import dev.fairlead.model.app.Application;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.net.Listener;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Two hops in a row of which the first gives up earlier than the second: the client is told so while its
/// request is still being worked on.
///
/// @param first waits `firstTime` at most for the other side to say something
/// @param second waits `secondTime`, which is longer: passes on, or runs an application
/// @param isApplication whether the second is an application and its workers
public record Waits(Span first, Duration firstTime, Span second, Duration secondTime, boolean isApplication) {

    /// About 24 days: the longest time that some configurations can write, which stands for no limit.
    public static final Duration ENDLESS = Duration.ofMillis(Integer.MAX_VALUE);

    /// All of a plan, before its listeners are moved by a [PortMap]; each pair once. A wait without a limit is
    /// not compared: nobody chose it for the sake of the other.
    public static List<Waits> inverted(Plan plan) {
        List<Passage> passages = Passage.of(plan);
        Set<String> told = new LinkedHashSet<>();
        List<Waits> found = new ArrayList<>();
        for (Passage first : passages) {
            first.next()
                    .filter(next -> !first.patience().isZero())
                    .flatMap(next -> Stream.concat(passed(next, passages), run(next, plan))
                            .filter(second -> second.time().compareTo(first.patience()) > 0
                                    && second.time().compareTo(ENDLESS) < 0)
                            .findFirst())
                    .filter(second -> told.add(first.origin() + " " + second.origin()))
                    .ifPresent(second -> found.add(new Waits(
                            first.origin(), first.patience(), second.origin(), second.time(), second.isApplication())));
        }
        return found;
    }

    private record Wait(Span origin, Duration time, boolean isApplication) {}

    private static Stream<Wait> passed(Listener at, List<Passage> passages) {
        return passages.stream()
                .filter(passage -> passage.from().address().equals(at.address()))
                .map(passage -> new Wait(passage.origin(), passage.patience(), false));
    }

    private static Stream<Wait> run(Listener at, Plan plan) {
        if (!(at instanceof HttpListener listener)) {
            return Stream.empty();
        }
        return Ending.of(listener).stream()
                .map(Ending::action)
                .filter(Action.RunApplication.class::isInstance)
                .map(action -> application(((Action.RunApplication) action).application(), plan))
                .flatMap(Optional::stream)
                .map(application ->
                        new Wait(application.origin(), application.timeouts().request(), true));
    }

    private static Optional<Application> application(String name, Plan plan) {
        return plan.applications().stream()
                .filter(application -> application.name().equals(name))
                .findFirst();
    }
}
