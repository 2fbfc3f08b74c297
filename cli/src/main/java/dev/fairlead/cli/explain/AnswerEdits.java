package dev.fairlead.cli.explain;

import dev.fairlead.engine.trace.Event;
import dev.fairlead.model.http.ResponseHeaders;
import dev.fairlead.model.http.ResponseRule;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What becomes of the head of an answer on its way back through a hop, where somebody else gives the answer.
final class AnswerEdits {
    private AnswerEdits() {}

    /// @param events at that hop
    static List<Step> of(List<Event> events) {
        Set<String> told = new LinkedHashSet<>();
        List<Step> steps = new ArrayList<>();
        events.stream()
                .filter(Event.Handled.class::isInstance)
                .map(event -> ((Event.Handled) event).location())
                .reduce((earlier, later) -> later)
                .ifPresent(location -> lines(location.settings().responseHeaders())
                        .filter(at -> !at.isBuiltIn() && told.add(at.fileAndLine()))
                        .forEach(at -> steps.add(Step.at("answer-field", "changes the answer: " + Way.line(at), at))));
        return steps;
    }

    private static Stream<Span> lines(ResponseHeaders headers) {
        return Stream.of(
                        headers.additions().stream().map(ResponseHeaders.Addition::origin),
                        headers.rules().stream().map(ResponseRule::origin),
                        headers.lastRules().stream().map(ResponseRule::origin))
                .flatMap(lines -> lines);
    }
}
