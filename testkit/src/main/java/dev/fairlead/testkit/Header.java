package dev.fairlead.testkit;

/// One header line as it arrived, the space around the value removed.
public record Header(String name, String value) {
    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    @Override
    public String toString() {
        return name + ": " + value;
    }
}
