package dev.fairlead.process.supervisor;

import dev.fairlead.os.Descriptors;
import dev.fairlead.process.state.Event;
import dev.fairlead.process.state.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a service says about itself (sd_notify(3)), and what follows from it. Only on the master loop.
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final long MOST_SECONDS = 1_000_000_000L;

    private final ServiceRunner runner;

    Reports(ServiceRunner runner) {
        this.runner = runner;
    }

    /// @param fields the fields of one message; of several with one name the last
    /// @param state which of READY, RELOADING and STOPPING was said last; empty: none
    /// @param descriptors that came along; they are kept or closed here
    void take(Map<String, String> fields, Optional<String> state, List<Integer> descriptors) {
        Optional.ofNullable(fields.get("MAINPID")).ifPresent(this::mainPid);
        state.ifPresent(word -> state(word, fields));
        Optional.ofNullable(fields.get("STATUS")).ifPresent(runner::says);
        number(fields, "ERRNO").ifPresent(runner::saysError);
        number(fields, "EXTEND_TIMEOUT_USEC").ifPresent(usec -> runner.extend(micros(usec)));
        String watchdog = fields.getOrDefault("WATCHDOG", "");
        if (watchdog.equals("1")) {
            runner.watchdog().reset();
        } else if (watchdog.equals("trigger")) {
            runner.watchdogMissed();
        }
        number(fields, "WATCHDOG_USEC")
                .ifPresent(usec ->
                        runner.watchdog().most(usec == 0 || usec == -1 ? Optional.empty() : Optional.of(micros(usec))));
        store(fields, descriptors);
    }

    private void state(String word, Map<String, String> fields) {
        switch (word) {
            case "READY" -> {
                if (runner.state().phase() != Phase.RELOAD || runner.reloadHasBegun()) {
                    runner.handle(new Event.Ready());
                }
            }
            case "RELOADING" -> {
                runner.saysReloading(number(fields, "MONOTONIC_USEC"));
                runner.handle(new Event.Reloading());
            }
            case "STOPPING" -> runner.handle(new Event.Stopping());
            case String other -> LOG.trace("{}: {} is left aside", runner.name(), other);
        }
    }

    private void store(Map<String, String> fields, List<Integer> descriptors) {
        String name = fields.getOrDefault("FDNAME", "");
        if (fields.getOrDefault("FDSTOREREMOVE", "").equals("1")) {
            runner.store().remove(name);
        }
        if (!fields.getOrDefault("FDSTORE", "").equals("1")) {
            descriptors.forEach(Descriptors::close);
        } else if (!runner.store()
                .keep(descriptors, name, runner.service().handover().store())) {
            runner.tell("more file descriptors than FileDescriptorStoreMax= allows, closing them.");
        }
    }

    private void mainPid(String value) {
        try {
            int pid = Integer.parseInt(value);
            boolean isNew =
                    runner.processes().main().filter(main -> main == pid).isEmpty();
            if (!isNew) {
                return;
            }
            if (runner.processes().isRelated(pid)) {
                runner.adoptMain(pid);
            } else {
                runner.tell("New main PID " + pid + " does not belong to service, refusing.");
            }
        } catch (NumberFormatException noNumber) {
            runner.tell("Failed to parse MAINPID= field in notification message, ignoring: " + value);
        }
    }

    private static OptionalLong number(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseUnsignedLong(value.strip()));
        } catch (NumberFormatException noNumber) {
            LOG.debug("{}={} is no number", name, value);
            return OptionalLong.empty();
        }
    }

    private static Duration micros(long usec) {
        long most = MOST_SECONDS * 1_000_000;
        return Duration.ofNanos(Math.min(usec < 0 ? most : usec, most) * 1000);
    }
}
