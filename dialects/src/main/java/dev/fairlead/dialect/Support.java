package dev.fairlead.dialect;

/// Whether Fairlead does what a directive asks for.
public sealed interface Support {
    /// It does.
    record Full() implements Support {}

    /// The directive is read and left aside: what it tunes does not exist here. Running goes on.
    ///
    /// @param noticeable whether the site does something else than the operator asked for, not only in other ways
    record WithoutEffect(String reason, boolean noticeable) implements Support {}

    /// The configuration cannot run: leaving the directive aside would change what the site does.
    record Refused(String reason) implements Support {}
}
