package dev.fairlead.cli.explain;

import dev.fairlead.cli.gunicorn.GunicornSite;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One thing that is told of a request's way, with what belongs to it.
final class Step {
    private final String kind;
    private final String text;
    private final Optional<Span> at;
    private final List<Step> inner = new ArrayList<>();

    private Step(String kind, String text, Optional<Span> at) {
        this.kind = kind;
        this.text = text;
        this.at = at.filter(span -> !span.isBuiltIn() && !GunicornSite.isMade(span));
    }

    /// @param kind for programs: what it is about, in a word
    static Step of(String kind, String text) {
        return new Step(kind, text, Optional.empty());
    }

    static Step at(String kind, String text, Span at) {
        return new Step(kind, text, Optional.of(at));
    }

    Step add(Step one) {
        inner.add(one);
        return this;
    }

    Step addAll(List<Step> more) {
        inner.addAll(more);
        return this;
    }

    String kind() {
        return kind;
    }

    String text() {
        return text;
    }

    /// The line that decided it.
    Optional<Span> at() {
        return at;
    }

    List<Step> inner() {
        return inner;
    }
}
