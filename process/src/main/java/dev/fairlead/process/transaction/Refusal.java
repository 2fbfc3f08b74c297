package dev.fairlead.process.transaction;

import java.util.List;

/// A wish that cannot be carried out. Nothing has been changed.
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<String> details;

    Refusal(String message, List<String> details) {
        super(message);
        this.details = List.copyOf(details);
    }

    Refusal(String message) {
        this(message, List.of());
    }

    /// One line each, for the log.
    public List<String> details() {
        return details;
    }

    /// Why, in a sentence for people.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
