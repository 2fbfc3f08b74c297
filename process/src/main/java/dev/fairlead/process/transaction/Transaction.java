package dev.fairlead.process.transaction;

import dev.fairlead.model.service.JobMode;
import dev.fairlead.model.service.Relation;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.process.transaction.Entry.Pull;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The jobs one wish makes.
///
/// @param jobs what to do, by unit; a unit that already is as wished is not among them, but for the one the wish
///     is for
/// @param notes what was given up on the way, by unit
/// @param isolates whether the jobs of all other units are given up, but for those that do not care
/// @param ignoresOrder whether the wish does not wait for other jobs
public record Transaction(Map<String, JobType> jobs, List<Note> notes, boolean isolates, boolean ignoresOrder) {
    public Transaction {
        notes = List.copyOf(notes);
    }

    /// Something to be said in the log of a unit.
    public record Note(String unit, String message) {}

    /// What has to be done so that a unit becomes as wished.
    public static Transaction of(Situation situation, String unit, JobType type, JobMode mode) throws Refusal {
        Builder builder = new Builder(situation, mode);
        JobType collapsed = type.collapsed(situation.activity(unit));
        builder.anchor = " for " + unit + "/" + collapsed.word();
        builder.add(unit, collapsed, builder.wish, true, false);
        if (mode == JobMode.ISOLATE) {
            builder.mayBeIsolated(unit, collapsed);
            builder.isolate();
        }
        builder.settle();
        return builder.result();
    }

    /// What has to be done so that all of these come up that can; none of them keeps another from it.
    public static Transaction toStart(Situation situation, Collection<String> units) throws Refusal {
        Builder builder = new Builder(situation, JobMode.REPLACE);
        for (String unit : units) {
            builder.addIfPossible(unit, JobType.START, builder.wish, false);
        }
        builder.settle();
        return builder.result();
    }

    private static final class Builder {
        private final Situation situation;
        private final Links links;
        private final JobMode mode;
        private String anchor = "";
        private final Map<String, List<Entry>> jobs = new LinkedHashMap<>();
        private final List<Note> notes = new ArrayList<>();
        private final Entry wish = new Entry("", JobType.NOTHING, false);

        Builder(Situation situation, JobMode mode) {
            this.situation = situation;
            this.links = situation.links();
            this.mode = mode;
        }

        Transaction result() {
            Map<String, JobType> types = new LinkedHashMap<>();
            jobs.forEach((unit, entries) -> types.put(unit, entries.getFirst().type));
            return new Transaction(
                    types,
                    notes,
                    mode == JobMode.ISOLATE || mode == JobMode.FLUSH,
                    mode == JobMode.IGNORE_DEPENDENCIES);
        }

        void add(String unit, JobType type, Entry by, boolean matters, boolean conflicts) throws Refusal {
            if (links.unit(unit).isEmpty()) {
                if (by == wish) {
                    throw new Refusal("Unit " + unit + " not found.");
                }
                return;
            }
            if (type == JobType.RELOAD && !situation.canReload(unit)) {
                throw new Refusal("Job type reload is not applicable for unit " + unit + ".");
            }
            List<Entry> same = jobs.computeIfAbsent(unit, none -> new ArrayList<>());
            Optional<Entry> known =
                    same.stream().filter(entry -> entry.type == type).findFirst();
            Entry entry = known.orElseGet(() -> new Entry(unit, type, mode == JobMode.IGNORE_DEPENDENCIES));
            Pull pull = new Pull(by, entry, matters, conflicts);
            by.pulls.add(pull);
            entry.pulledBy.add(pull);
            if (known.isPresent()) {
                return;
            }
            same.add(entry);
            boolean isAlone = mode == JobMode.IGNORE_DEPENDENCIES || mode == JobMode.IGNORE_REQUIREMENTS;
            if (!isAlone) {
                follow(entry);
            }
        }

        void addIfPossible(String unit, JobType type, Entry by, boolean conflicts) {
            try {
                add(unit, type, by, false, conflicts);
            } catch (Refusal left) {
                notes.add(new Note(unit, unit + ": left out: " + left.reason()));
            }
        }

        private void follow(Entry entry) throws Refusal {
            String unit = entry.unit;
            if (entry.type == JobType.START || entry.type == JobType.RESTART) {
                for (String other : links.of(unit, Relation.REQUIRES, Relation.BINDS_TO)) {
                    add(other, JobType.START, entry, true, false);
                }
                for (String other : links.of(unit, Relation.WANTS, Relation.UPHOLDS)) {
                    addIfPossible(other, JobType.START, entry, false);
                }
                for (String other : links.of(unit, Relation.REQUISITE)) {
                    add(other, JobType.VERIFY_ACTIVE, entry, true, false);
                }
                for (String other : links.of(unit, Relation.CONFLICTS)) {
                    add(other, JobType.STOP, entry, true, true);
                }
                for (String other : links.naming(unit, Relation.CONFLICTS)) {
                    addIfPossible(other, JobType.STOP, entry, false);
                }
            }
            if (entry.type == JobType.STOP) {
                for (String other : links.stoppedWith(unit)) {
                    add(other, JobType.STOP, entry, true, false);
                }
            }
            if (entry.type == JobType.RESTART) {
                for (String other : links.restartedWith(unit)) {
                    JobType type = JobType.TRY_RESTART.collapsed(situation.activity(other));
                    add(other, type, entry, true, false);
                }
            }
            if (entry.type == JobType.RELOAD) {
                for (String other : links.reloadedWith(unit)) {
                    if (links.unit(other).isPresent()) {
                        addIfPossible(other, JobType.TRY_RELOAD.collapsed(situation.activity(other)), entry, false);
                    }
                }
            }
        }

        void mayBeIsolated(String unit, JobType type) throws Refusal {
            if (type != JobType.START) {
                throw new Refusal("Isolate is only valid for start.");
            }
            if (links.unit(unit).filter(known -> known.rules().mayBeIsolated()).isEmpty()) {
                throw new Refusal("Operation refused, unit may not be isolated.");
            }
        }

        /// Everything that runs and is not wished for is stopped.
        void isolate() {
            for (String unit : links.names()) {
                boolean isIdle = JobType.isDown(situation.activity(unit))
                        && situation.queued(unit).isEmpty();
                boolean isTriggered =
                        links.naming(unit, Relation.TRIGGERS).stream().anyMatch(this::isKept);
                if (!isIdle && !isKept(unit) && !isTriggered) {
                    addIfPossible(unit, JobType.STOP, wish, false);
                }
            }
        }

        private boolean isKept(String unit) {
            return jobs.containsKey(unit)
                    || links.unit(unit)
                            .filter(known -> known.rules().staysWhenIsolated())
                            .isPresent();
        }

        void settle() throws Refusal {
            markWhatMatters();
            if (mode == JobMode.FAIL) {
                spareOthers();
            }
            dropRedundant();
            do {
                collectGarbage();
            } while (new Cycles(situation, jobs, notes).breaksOne(this::giveUp));
            merge();
            dropRedundant();
            refuseDestruction();
        }

        private void markWhatMatters() {
            Deque<Entry> waiting = new ArrayDeque<>();
            waiting.add(wish);
            while (!waiting.isEmpty()) {
                for (Pull pull : waiting.poll().pulls) {
                    if (pull.matters() && !pull.job().matters) {
                        pull.job().matters = true;
                        waiting.add(pull.job());
                    }
                }
            }
        }

        /// What nobody asked for may not stop what runs, nor take the place of what others wished.
        private void spareOthers() {
            for (Entry entry : all()) {
                Activity activity = situation.activity(entry.unit);
                boolean stopsRunning = entry.type == JobType.STOP && !JobType.isDown(activity);
                boolean replaces = situation
                        .queued(entry.unit)
                        .filter(other -> other.contradicts(entry.type))
                        .isPresent();
                if (!entry.matters && (stopsRunning || replaces)) {
                    giveUp(entry);
                }
            }
        }

        private void dropRedundant() {
            for (String unit : List.copyOf(jobs.keySet())) {
                List<Entry> same = jobs.getOrDefault(unit, List.of());
                boolean isKept = same.stream().anyMatch(entry -> !isRedundant(entry));
                if (!isKept) {
                    List.copyOf(same).forEach(this::unlink);
                    jobs.remove(unit);
                }
            }
        }

        private boolean isRedundant(Entry entry) {
            boolean isWish = entry.pulledBy.stream().anyMatch(pull -> pull.by() == wish && pull.matters());
            boolean contradicts = situation
                    .queued(entry.unit)
                    .filter(other -> other.contradicts(entry.type))
                    .isPresent();
            return !isWish && !contradicts && entry.type.isRedundant(situation.activity(entry.unit));
        }

        private void collectGarbage() {
            boolean changed = true;
            while (changed) {
                List<Entry> orphans =
                        all().stream().filter(entry -> entry.pulledBy.isEmpty()).toList();
                orphans.forEach(this::remove);
                changed = !orphans.isEmpty();
            }
        }

        /// Takes a job away, and those that cannot do without it.
        private void giveUp(Entry entry) {
            List<Pull> by = List.copyOf(entry.pulledBy);
            remove(entry);
            for (Pull pull : by) {
                if (pull.matters() && pull.by() != wish && isThere(pull.by())) {
                    giveUp(pull.by());
                }
            }
        }

        private boolean isThere(Entry entry) {
            return jobs.getOrDefault(entry.unit, List.of()).contains(entry);
        }

        private void remove(Entry entry) {
            unlink(entry);
            List<Entry> same = jobs.getOrDefault(entry.unit, new ArrayList<>());
            same.remove(entry);
            if (same.isEmpty()) {
                jobs.remove(entry.unit);
            }
        }

        private void unlink(Entry entry) {
            entry.pulls.forEach(pull -> pull.job().pulledBy.remove(pull));
            entry.pulledBy.forEach(pull -> pull.by().pulls.remove(pull));
            entry.pulls.clear();
            entry.pulledBy.clear();
        }

        private List<Entry> all() {
            return jobs.values().stream().flatMap(List::stream).toList();
        }

        /// One job for each unit.
        private void merge() throws Refusal {
            boolean changed = true;
            while (changed) {
                changed = false;
                for (List<Entry> same : List.copyOf(jobs.values())) {
                    changed |= giveUpContradicting(same);
                }
                collectGarbage();
            }
            jobs.forEach((unit, same) -> {
                Entry first = same.getFirst();
                for (Entry other : List.copyOf(same.subList(1, same.size()))) {
                    first.type = first.type
                            .merged(other.type, situation.activity(unit))
                            .orElseThrow();
                    first.pulledBy.addAll(other.pulledBy);
                    same.remove(other);
                }
            });
        }

        private boolean giveUpContradicting(List<Entry> same) throws Refusal {
            for (Entry one : same) {
                for (Entry other : same) {
                    if (one.type.contradicts(other.type)) {
                        giveUp(lesser(one, other));
                        return true;
                    }
                }
            }
            return false;
        }

        /// Of two that contradict each other, the one to give up: what nobody requires; else stops rather than
        /// starts, unless the stop is there because of a conflict.
        private static Entry lesser(Entry one, Entry other) throws Refusal {
            if (one.matters && other.matters) {
                throw new Refusal("Transaction contains conflicting jobs '" + one.type.word() + "' and '"
                        + other.type.word() + "' for " + one.unit
                        + ". Probably contradicting requirement dependencies configured.");
            }
            if (one.matters != other.matters) {
                return one.matters ? other : one;
            }
            Entry stop = one.type == JobType.STOP ? one : other;
            Entry start = stop == one ? other : one;
            return stop.isStoppedByConflict() ? start : stop;
        }

        private void refuseDestruction() throws Refusal {
            for (Entry entry : all()) {
                Optional<JobType> queued = situation.queued(entry.unit);
                boolean mayNot = mode == JobMode.FAIL || situation.isIrreversible(entry.unit);
                if (mayNot && queued.isPresent() && queued.get().contradicts(entry.type)) {
                    throw new Refusal("Transaction" + anchor + " is destructive (" + entry.unit + " has '"
                            + queued.get().word() + "' job queued, but '" + entry.type.word()
                            + "' is included in transaction).");
                }
            }
        }
    }
}
