package dev.fairlead.model.http;

import dev.fairlead.model.text.Template;
import java.nio.file.Path;

/// The body of an answer that a configuration gives itself.
public sealed interface Content {
    record None() implements Content {}

    record Text(Template text) implements Content {}

    /// The bytes of a file, read when the plan is compiled.
    record OfFile(Path path) implements Content {}
}
