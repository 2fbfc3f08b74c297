package dev.fairlead.process.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fairlead.model.service.Dependencies;
import dev.fairlead.model.service.JobMode;
import dev.fairlead.model.service.Relation;
import dev.fairlead.model.service.Target;
import dev.fairlead.model.service.UnitRules;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TransactionTest {
    /// A stack of units without anything to run, and what they do at the moment.
    private static final class Stack implements Situation {
        private final Map<String, Dependencies> units = new HashMap<>();
        private final Map<String, UnitRules> rules = new HashMap<>();
        private final Map<String, Activity> activities = new HashMap<>();
        private final Map<String, JobType> queued = new HashMap<>();

        Stack unit(String name, Object... relations) {
            Dependencies all = Dependencies.NONE;
            for (int i = 0; i < relations.length; i += 2) {
                all = all.with(
                        (Relation) relations[i],
                        List.of(relations[i + 1].toString().split(" ", -1)));
            }
            units.put(name, all);
            return this;
        }

        Stack isolatable(String name) {
            rules.put(
                    name,
                    new UnitRules(
                            List.of(),
                            List.of(),
                            false,
                            false,
                            false,
                            true,
                            false,
                            JobMode.REPLACE,
                            JobMode.FAIL,
                            Optional.empty(),
                            Optional.empty()));
            return this;
        }

        Stack aloof(String name) {
            rules.put(name, UnitRules.ALOOF);
            return this;
        }

        Stack up(String... names) {
            List.of(names).forEach(name -> activities.put(name, Activity.ACTIVE));
            return this;
        }

        Stack queue(String name, JobType type) {
            queued.put(name, type);
            return this;
        }

        @Override
        public Links links() {
            List<Target> all = new ArrayList<>();
            units.forEach((name, dependencies) -> all.add(new Target(
                    name,
                    name,
                    dependencies,
                    rules.getOrDefault(name, UnitRules.NONE),
                    List.of(),
                    origin(name, dependencies))));
            return new Links(all);
        }

        /// A file with a line for each relation.
        private static Span origin(String name, Dependencies dependencies) {
            String lines = dependencies.names().entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + String.join(" ", entry.getValue()))
                    .collect(Collectors.joining("\n"));
            return new SourceFile(name, "[Unit]\n" + lines).span(0, 6);
        }

        @Override
        public Activity activity(String unit) {
            return activities.getOrDefault(unit, Activity.INACTIVE);
        }

        @Override
        public Optional<JobType> queued(String unit) {
            return Optional.ofNullable(queued.get(unit));
        }

        @Override
        public boolean isIrreversible(String unit) {
            return false;
        }

        @Override
        public boolean canReload(String unit) {
            return !unit.startsWith("rigid");
        }

        Map<String, JobType> wish(String unit, JobType type) throws Refusal {
            return wish(unit, type, JobMode.REPLACE);
        }

        Map<String, JobType> wish(String unit, JobType type, JobMode mode) throws Refusal {
            return Transaction.of(this, unit, type, mode).jobs();
        }
    }

    @Test
    void whatIsRequiredOrWantedIsStartedUnlessItIsUp() throws Refusal {
        Stack stack = new Stack()
                .unit("a", Relation.REQUIRES, "b c", Relation.WANTS, "d gone")
                .unit("b", Relation.BINDS_TO, "e")
                .unit("c")
                .unit("d")
                .unit("e")
                .up("c");
        assertThat(stack.wish("a", JobType.START))
                .containsOnlyKeys("a", "b", "d", "e")
                .containsValue(JobType.START);
    }

    @Test
    void whatRequiresAUnitIsStoppedWithIt() throws Refusal {
        Stack stack = new Stack()
                .unit("a")
                .unit("needy", Relation.REQUIRES, "a")
                .unit("part", Relation.PART_OF, "a")
                .unit("fan", Relation.WANTS, "a")
                .unit("idle", Relation.REQUIRES, "a")
                .up("a", "needy", "part", "fan");
        assertThat(stack.wish("a", JobType.STOP)).containsOnlyKeys("a", "needy", "part");
    }

    @Test
    void restartRestartsOnlyThoseThatAreUp() throws Refusal {
        Stack stack = new Stack()
                .unit("a", Relation.REQUIRES, "base")
                .unit("base")
                .unit("needy", Relation.REQUIRES, "a")
                .unit("idle", Relation.REQUIRES, "a")
                .up("a", "needy");
        assertThat(stack.wish("a", JobType.RESTART))
                .isEqualTo(Map.of("a", JobType.RESTART, "base", JobType.START, "needy", JobType.RESTART));
    }

    @Test
    void conflictingUnitIsStoppedWhicheverOfThemSaysSo() throws Refusal {
        Stack stack = new Stack()
                .unit("day", Relation.CONFLICTS, "night")
                .unit("night")
                .up("night");
        assertThat(stack.wish("day", JobType.START)).isEqualTo(Map.of("day", JobType.START, "night", JobType.STOP));
        stack.activities.clear();
        stack.up("day");
        assertThat(stack.wish("night", JobType.START)).isEqualTo(Map.of("night", JobType.START, "day", JobType.STOP));
    }

    @Test
    void requiringWhatOneConflictsWithIsRefused() {
        Stack stack = new Stack()
                .unit("a", Relation.REQUIRES, "b", Relation.CONFLICTS, "b")
                .unit("b");
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> stack.wish("a", JobType.START))
                .withMessageStartingWith("Transaction contains conflicting jobs 'start' and 'stop' for ");
    }

    @Test
    void cycleIsBrokenAtAJobThatNobodyRequires() throws Refusal {
        Stack stack = new Stack()
                .unit("a", Relation.REQUIRES, "b", Relation.WANTS, "c", Relation.AFTER, "c")
                .unit("b", Relation.AFTER, "a")
                .unit("c", Relation.AFTER, "b");
        Transaction transaction = Transaction.of(stack, "a", JobType.START, JobMode.REPLACE);
        assertThat(transaction.jobs()).containsOnlyKeys("a", "b");
        assertThat(transaction.notes().stream().map(Transaction.Note::message))
                .anyMatch(line -> line.contains("Found ordering cycle on"))
                .anyMatch(line -> line.contains("a/start, which starts after c [a:4]"))
                .anyMatch(line -> line.contains("Job c/start deleted to break ordering cycle"));
    }

    @Test
    void cycleOfRequiredUnitsIsRefusedByName() {
        Stack stack = new Stack()
                .unit("a", Relation.REQUIRES, "b", Relation.AFTER, "b")
                .unit("b", Relation.REQUIRES, "a", Relation.AFTER, "a");
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> stack.wish("a", JobType.START))
                .withMessageStartingWith("Transaction order is cyclic: ")
                .satisfies(refusal -> assertThat(refusal.details())
                        .anyMatch(line -> line.endsWith("a/start, which starts after b [a:3]"))
                        .anyMatch(line -> line.endsWith("b/start, which starts after a [b:3]")));
    }

    @Test
    void stackComesUpWithoutWhatCannot() throws Refusal {
        Stack stack = new Stack()
                .unit("x", Relation.AFTER, "y")
                .unit("y", Relation.AFTER, "x")
                .unit("z");
        Transaction transaction = Transaction.toStart(stack, List.of("x", "y", "z"));
        assertThat(transaction.jobs()).hasSize(2).containsKey("z");
    }

    @Test
    void requisiteIsOnlyLookedAt() throws Refusal {
        Stack stack = new Stack().unit("a", Relation.REQUISITE, "b").unit("b");
        assertThat(stack.wish("a", JobType.START)).isEqualTo(Map.of("a", JobType.START, "b", JobType.VERIFY_ACTIVE));
    }

    @Test
    void reloadIsHandedOnToThoseThatAreUpAndCan() throws Refusal {
        Stack stack = new Stack()
                .unit("a", Relation.PROPAGATES_RELOAD_TO, "b rigid idle")
                .unit("b")
                .unit("rigid")
                .unit("idle")
                .unit("c", Relation.RELOAD_PROPAGATED_FROM, "a")
                .up("a", "b", "rigid", "c");
        assertThat(stack.wish("a", JobType.RELOAD)).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void failingModeLeavesOthersWishesAlone() throws Refusal {
        Stack stack = new Stack().unit("a").queue("a", JobType.STOP);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> stack.wish("a", JobType.START, JobMode.FAIL))
                .withMessage(
                        "Transaction for a/start is destructive (a has 'stop' job queued, but 'start' is included in"
                                + " transaction).");
        assertThat(stack.wish("a", JobType.START)).containsKey("a");
    }

    @Test
    void isolationStopsAllOthers() throws Refusal {
        Stack stack = new Stack()
                .unit("rescue", Relation.WANTS, "shell")
                .unit("shell")
                .unit("web")
                .unit("idle")
                .unit("log")
                .isolatable("rescue")
                .aloof("log")
                .up("web", "log");
        assertThat(stack.wish("rescue", JobType.START, JobMode.ISOLATE))
                .isEqualTo(Map.of("rescue", JobType.START, "shell", JobType.START, "web", JobType.STOP));
    }

    @Test
    void unitThatDoesNotAllowItIsNotIsolated() {
        Stack stack = new Stack().unit("web");
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> stack.wish("web", JobType.START, JobMode.ISOLATE))
                .withMessage("Operation refused, unit may not be isolated.");
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> stack.wish("web", JobType.STOP, JobMode.ISOLATE))
                .withMessage("Isolate is only valid for start.");
    }

    @Test
    void whatStopsGoesBeforeWhatStartsAndInReverseOrder() {
        assertThat(JobType.START.waitsFor(JobType.START, true)).isTrue();
        assertThat(JobType.START.waitsFor(JobType.START, false)).isFalse();
        assertThat(JobType.STOP.waitsFor(JobType.STOP, true)).isFalse();
        assertThat(JobType.STOP.waitsFor(JobType.STOP, false)).isTrue();
        assertThat(JobType.START.waitsFor(JobType.STOP, false)).isTrue();
        assertThat(JobType.STOP.waitsFor(JobType.START, true)).isFalse();
    }
}
