package dev.fairlead.engine.net;

import java.util.ArrayDeque;

/// The ends of connections inside the program that have something to read, on one event loop: a task for all in
/// place of one for each, which other threads might have to see.
final class Deliveries implements Runnable {
    /// So many, before other tasks have their turn.
    private static final int MOST_AT_ONCE = 256;

    private final ArrayDeque<HandoverChannel> due = new ArrayDeque<>();
    private boolean isScheduled;

    /// @param end of this event loop, and not yet among them
    void add(HandoverChannel end) {
        due.add(end);
        schedule();
    }

    private void schedule() {
        HandoverChannel next = due.peek();
        if (next != null && !isScheduled) {
            isScheduled = true;
            next.eventLoop().execute(this);
        }
    }

    @Override
    public void run() {
        try {
            HandoverChannel next = due.poll();
            for (int i = 1; next != null; i++) {
                next.deliver();
                next = i < MOST_AT_ONCE ? due.poll() : null;
            }
        } finally {
            isScheduled = false;
            schedule();
        }
    }
}
