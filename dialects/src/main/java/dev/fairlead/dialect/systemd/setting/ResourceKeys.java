package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.model.service.execution.Resources;
import dev.fairlead.model.service.execution.Resources.Bound;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The settings of `[Service]` that bound what all its processes together take of the machine.
final class ResourceKeys {
    private static final String SERVICE = "Service";
    private static final String NEEDS =
            "; in a control group, where Fairlead may make one, otherwise a warning names the " + "line";
    private static final int PARTS = 10_000;
    /// Microseconds of a processor's time in a second, for one part of it.
    private static final int MICROS_PER_PART = 100;
    private static final int MOST_WEIGHT = 10_000;
    private static final Map<String, Long> SIGNS = Map.of("%", 100L, "‰", 10L, "‱", 1L);

    static final List<Key> ROWS = rows();

    private ResourceKeys() {}

    private static List<Key> rows() {
        List<Key> rows = new ArrayList<>();
        amount(rows, "MemoryMax", Resources.Kind.MEMORY_MAX, "Bytes, a share such as 20% or infinity" + NEEDS);
        amount(rows, "MemoryLimit", Resources.Kind.MEMORY_MAX, "The older spelling of MemoryMax=");
        amount(rows, "MemoryHigh", Resources.Kind.MEMORY_HIGH, "As MemoryMax=, with version 2 of control groups only");
        amount(rows, "TasksMax", Resources.Kind.TASKS_MAX, "Processes and threads, a share or infinity" + NEEDS);
        rows.add(Key.partly(SERVICE, "CPUQuota", "Such as 50% of one processor" + NEEDS, ResourceKeys::quota));
        rows.add(Key.partly(SERVICE, "CPUWeight", "From 1 to 10000; not idle" + NEEDS, ResourceKeys::weight));
        for (String name : List.of("CPUAccounting", "MemoryAccounting", "TasksAccounting")) {
            rows.add(Key.accepted(SERVICE, name, "What is known is shown anyway"));
        }
        return List.copyOf(rows);
    }

    private static void amount(List<Key> rows, String name, Resources.Kind kind, String note) {
        String what = kind == Resources.Kind.TASKS_MAX ? "maximum tasks value" : "memory limit";
        rows.add(Key.partly(SERVICE, name, note, (assignment, reading) -> {
            String text = assignment.value().text();
            if (text.isEmpty() || text.equals("infinity")) {
                reading.draft().confinement.bounds.remove(kind);
                return;
            }
            Optional<Long> share = share(text).filter(parts -> parts <= PARTS);
            Optional<Long> amount = share.isPresent() ? share : Limits.size(text);
            if (amount.filter(number -> number > 0).isPresent()) {
                Bound bound = new Bound(amount.get(), share.isPresent(), assignment.span());
                reading.draft().confinement.bounds.put(kind, bound);
            } else {
                reading.ignore(
                        assignment,
                        "Invalid " + what + ", ignoring: ",
                        "a number above 0, a share such as 20%, or infinity");
            }
        }));
    }

    private static void quota(Assignment assignment, Reading reading) {
        Optional<Long> share = share(assignment.value().text());
        if (assignment.value().isEmpty()) {
            reading.draft().confinement.bounds.remove(Resources.Kind.CPU_QUOTA);
        } else if (share.filter(parts -> parts > 0).isPresent()) {
            Bound bound = new Bound(share.get() * MICROS_PER_PART, false, assignment.span());
            reading.draft().confinement.bounds.put(Resources.Kind.CPU_QUOTA, bound);
        } else {
            reading.ignore(assignment, "Invalid CPU quota, ignoring: ", "a share of one processor such as 50% or 200%");
        }
    }

    private static void weight(Assignment assignment, Reading reading) {
        if (assignment.value().isEmpty()) {
            reading.draft().confinement.bounds.remove(Resources.Kind.CPU_WEIGHT);
            return;
        }
        reading.number(assignment, 1, MOST_WEIGHT)
                .ifPresent(weight -> reading.draft()
                        .confinement
                        .bounds
                        .put(Resources.Kind.CPU_WEIGHT, new Bound(weight, false, assignment.span())));
    }

    /// Ten-thousandths.
    private static Optional<Long> share(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String number = text.substring(0, text.length() - 1).strip();
        Optional<Long> worth = Optional.ofNullable(SIGNS.get(text.substring(text.length() - 1)));
        if (worth.isEmpty() || !number.matches("\\d{1,9}(\\.\\d{1,2})?")) {
            return Optional.empty();
        }
        return Optional.of(
                new BigDecimal(number).multiply(BigDecimal.valueOf(worth.get())).longValue());
    }
}
