package dev.fairlead.engine.upstream.check;

import dev.fairlead.engine.net.Handovers;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All health checks of the plan that runs, spread over the event loops. One server is asked by one loop, and at
/// most once at a time.
public final class HealthWatches {
    private final List<HealthWatch> running = new ArrayList<>();
    private int next;

    /// Goes over to other checks. Those that stay as they are go on.
    public synchronized void replace(
            List<HealthWatch.Order> orders, List<EventLoop> loops, Clock clock, Handovers handovers) {
        List<HealthWatch.Order> fresh = new ArrayList<>(orders);
        List<HealthWatch> gone = new ArrayList<>();
        for (HealthWatch watch : running) {
            Optional<HealthWatch.Order> same = fresh.stream()
                    .filter(order -> order.isSameAs(watch.order()))
                    .findFirst();
            same.ifPresentOrElse(
                    order -> {
                        fresh.remove(order);
                        watch.adopt(order);
                    },
                    () -> gone.add(watch));
        }
        running.removeAll(gone);
        gone.forEach(HealthWatch::stop);
        for (HealthWatch.Order order : fresh) {
            HealthWatch watch = new HealthWatch(order, loops.get(next % loops.size()), clock, handovers);
            next++;
            running.add(watch);
            watch.start();
        }
    }

    public synchronized void stop() {
        running.forEach(HealthWatch::stop);
        running.clear();
    }
}
