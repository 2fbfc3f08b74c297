package dev.fairlead.model.text;

/// Whole numbers from `least` to `most`, both included; [Long#MIN_VALUE] and [Long#MAX_VALUE] stand for no bound.
public record NumberRange(long least, long most) {
    public static NumberRange of(long only) {
        return new NumberRange(only, only);
    }

    public boolean contains(long number) {
        return number >= least && number <= most;
    }
}
