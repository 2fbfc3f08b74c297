package dev.fairlead.process.supervisor;

import dev.fairlead.process.baton.Baton;
import java.util.Optional;

/// How a unit that starts others has fared, in systemd's words, and what is wrong with it.
final class UnitResult {
    private static final String SUCCESS = "success";

    private String word = SUCCESS;
    private Optional<String> problem = Optional.empty();

    String word() {
        return word;
    }

    Optional<String> problem() {
        return problem;
    }

    boolean isSuccess() {
        return word.equals(SUCCESS);
    }

    /// Nothing has failed.
    void forget() {
        word = SUCCESS;
        problem = Optional.empty();
    }

    void problem(String text) {
        problem = Optional.of(text);
    }

    /// What fails first counts.
    void failed(String why) {
        if (isSuccess()) {
            word = why;
        }
    }

    void save(Baton part) {
        part.put("result", word).put("problem", problem);
    }

    void resume(Baton part) {
        word = part.text("result", word);
        problem = part.text("problem");
    }
}
