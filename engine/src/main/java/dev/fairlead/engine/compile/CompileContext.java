package dev.fairlead.engine.compile;

import dev.fairlead.model.app.Application;
import dev.fairlead.model.text.Template;
import dev.fairlead.source.Problems;
import dev.fairlead.time.Clock;
import java.util.List;

/// What a part of the engine is given to compile its share of a plan.
///
/// @param problems what keeps the plan from running, such as a file that cannot be read; compiling goes on
///     after adding one
/// @param shared what outlives generations
/// @param texts compiles templates
/// @param clock the time
/// @param applications those that locations may run
/// @param alike what is equal in it
public record CompileContext(
        Problems problems,
        Shared shared,
        TextCompiler texts,
        Clock clock,
        List<Application> applications,
        Alike alike) {
    public CompileContext(
            Problems problems, Shared shared, TextCompiler texts, Clock clock, List<Application> applications) {
        this(problems, shared, texts, clock, applications, new Alike());
    }

    /// Without applications.
    public CompileContext(Problems problems, Shared shared, TextCompiler texts, Clock clock) {
        this(problems, shared, texts, clock, List.of());
    }

    public Text text(Template template) {
        return texts.compile(template);
    }

    /// Compiles templates.
    @FunctionalInterface
    public interface TextCompiler {
        Text compile(Template template);
    }
}
