package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;

/// Texts in which `\0` to `\9` stand for groups of a match.
public final class References {
    private References() {}

    public static Template template(String text, Span origin) {
        List<Template.Part> parts = new ArrayList<>();
        append(text, parts);
        return new Template(parts, origin);
    }

    /// The same with variables of its own kept.
    public static Template resolve(Template template) {
        List<Template.Part> parts = new ArrayList<>();
        for (Template.Part part : template.parts()) {
            switch (part) {
                case Template.Part.Literal literal -> append(literal.text(), parts);
                case Template.Part.Reference reference -> parts.add(reference);
            }
        }
        return new Template(parts, template.origin());
    }

    private static void append(String text, List<Template.Part> parts) {
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char next = i + 1 < text.length() ? text.charAt(i + 1) : '\0';
            if (text.charAt(i) != '\\') {
                literal.append(text.charAt(i));
            } else if (next >= '0' && next <= '9') {
                flush(literal, parts);
                parts.add(new Template.Part.Reference(new Variable.Capture(next - '0')));
                i++;
            } else if (next != '\0') {
                literal.append(next);
                i++;
            } else {
                literal.append('\\');
            }
        }
        flush(literal, parts);
    }

    private static void flush(StringBuilder literal, List<Template.Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Template.Part.Literal(literal.toString()));
            literal.setLength(0);
        }
    }
}
