package dev.fairlead.model.text;

import dev.fairlead.source.Span;
import java.util.List;

/// Text with variables in it, evaluated for each request.
public record Template(List<Part> parts, Span origin) {
    public Template {
        parts = List.copyOf(parts);
    }

    /// A stretch of a template.
    public sealed interface Part {
        record Literal(String text) implements Part {}

        record Reference(Variable variable) implements Part {}
    }

    public static Template constant(String text, Span origin) {
        return new Template(text.isEmpty() ? List.of() : List.of(new Part.Literal(text)), origin);
    }

    public static Template of(Variable variable, Span origin) {
        return new Template(List.of(new Part.Reference(variable)), origin);
    }

    /// True when every request gets the same text.
    public boolean isConstant() {
        return parts.stream().allMatch(Part.Literal.class::isInstance);
    }

    /// The text of a constant template.
    ///
    /// @throws IllegalStateException if it has variables
    public String constantText() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Part.Literal literal -> text.append(literal.text());
                case Part.Reference reference -> throw new IllegalStateException("not constant: " + reference);
            }
        }
        return text.toString();
    }
}
