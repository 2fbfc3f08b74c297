package dev.fairlead.process.events;

/// Where a job is going, whichever step it is in.
public enum Goal {
    STOP("stop"),
    START("start"),
    /// Its main process has ended while another one ran that is waited for; it will come back then.
    RESPAWN("respawn");

    private final String word;

    Goal(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
