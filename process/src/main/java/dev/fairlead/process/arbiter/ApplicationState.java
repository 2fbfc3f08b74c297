package dev.fairlead.process.arbiter;

import dev.fairlead.process.arbiter.GenerationState.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How an application stands: at most one generation serves, at most one comes up, others leave.
///
/// @param wanted workers that the next generation shall have
/// @param lastGeneration generations there have been
/// @param lastWorker workers there have been
/// @param isEnding whether it is being stopped for good
/// @param generations those of which a process is left, in the order of their numbers
public record ApplicationState(
        int wanted, int lastGeneration, int lastWorker, boolean isEnding, List<GenerationState> generations) {
    public ApplicationState {
        generations = List.copyOf(generations);
    }

    /// Before the first deploy.
    public static ApplicationState initial(int wanted) {
        return new ApplicationState(wanted, 0, 0, false, List.of());
    }

    /// With numbers that follow those of an earlier life.
    public ApplicationState countingFrom(ApplicationState earlier) {
        return new ApplicationState(wanted, earlier.lastGeneration, earlier.lastWorker, isEnding, generations);
    }

    public Optional<GenerationState> serving() {
        return in(Stage.SERVING);
    }

    public Optional<GenerationState> coming() {
        return in(Stage.COMING);
    }

    private Optional<GenerationState> in(Stage stage) {
        return generations.stream().filter(generation -> generation.is(stage)).findFirst();
    }

    public Optional<GenerationState> generation(int number) {
        return generations.stream()
                .filter(generation -> generation.number() == number)
                .findFirst();
    }

    /// The generation a worker belongs to.
    Optional<GenerationState> ofWorker(int number) {
        return generations.stream()
                .filter(generation -> generation.workers().stream().anyMatch(worker -> worker.number() == number))
                .findFirst();
    }

    /// Workers that serve, or will: of the present generation.
    public int workers() {
        return serving().map(GenerationState::wanted).orElse(wanted);
    }

    ApplicationState wanted(int next) {
        return new ApplicationState(next, lastGeneration, lastWorker, isEnding, generations);
    }

    ApplicationState ending() {
        return new ApplicationState(wanted, lastGeneration, lastWorker, true, generations);
    }

    ApplicationState oneMoreGeneration() {
        return new ApplicationState(wanted, lastGeneration + 1, lastWorker, isEnding, generations);
    }

    ApplicationState oneMoreWorker() {
        return new ApplicationState(wanted, lastGeneration, lastWorker + 1, isEnding, generations);
    }

    /// With a generation as it is now; one that is new goes last.
    ApplicationState with(GenerationState generation) {
        List<GenerationState> next = new ArrayList<>(generations);
        for (int i = 0; i < next.size(); i++) {
            if (next.get(i).number() == generation.number()) {
                next.set(i, generation);
                return new ApplicationState(wanted, lastGeneration, lastWorker, isEnding, next);
            }
        }
        next.add(generation);
        return new ApplicationState(wanted, lastGeneration, lastWorker, isEnding, next);
    }

    ApplicationState without(int number) {
        return new ApplicationState(
                wanted,
                lastGeneration,
                lastWorker,
                isEnding,
                generations.stream()
                        .filter(generation -> generation.number() != number)
                        .toList());
    }
}
