package dev.fairlead.model.http;

/// A question about a request with yes or no for an answer.
public sealed interface Condition {
    /// The text is neither empty nor `0`.
    record IsTrue(Template value) implements Condition {}

    /// Byte for byte the same.
    record Same(Template left, Template right) implements Condition {}

    /// Sets captures when it matches.
    record Matches(Template value, Regex regex) implements Condition {}

    record FileTest(Template path, Kind kind) implements Condition {
        /// What is asked of the path.
        public enum Kind {
            IS_FILE,
            IS_DIRECTORY,
            EXISTS,
            IS_EXECUTABLE
        }
    }

    record Not(Condition condition) implements Condition {}
}
