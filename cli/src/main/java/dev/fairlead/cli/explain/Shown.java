package dev.fairlead.cli.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.fairlead.source.Span;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// What is told, for people and for programs.
final class Shown {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String INDENT = "    ";

    private Shown() {}

    static String text(Asked asked, List<Step> hops) {
        StringBuilder out = new StringBuilder();
        out.append(asked.method())
                .append(' ')
                .append(asked.url())
                .append(" from ")
                .append(asked.from())
                .append('\n');
        for (Step hop : hops) {
            out.append('\n').append(hop.text()).append('\n');
            hop.inner().forEach(step -> text(step, INDENT, out));
        }
        return out.toString();
    }

    private static void text(Step step, String indent, StringBuilder out) {
        out.append(indent).append(printable(step.text()));
        step.at().ifPresent(at -> out.append(" [").append(at.fileAndLine()).append(']'));
        out.append('\n');
        step.inner().forEach(inner -> text(inner, indent + INDENT, out));
    }

    /// Requests may hold anything; terminals shall not obey it.
    private static String printable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.chars().forEach(c -> out.append(c < ' ' || (c >= 0x7f && c < 0xa0) ? '?' : (char) c));
        return out.toString();
    }

    /// An object with `method`, `url`, `from`, `end` and `hops`. The end has what there is of `status`, `file`,
    /// `server` and `application`. Hops are a list of steps, each with `kind`, `text`, perhaps `file` and
    /// `line`, and `steps`.
    static String json(Asked asked, End end, List<Step> hops) {
        return object(asked, out -> {
            out.writeObjectFieldStart("end");
            if (end.status().isPresent()) {
                out.writeNumberField("status", end.status().getAsInt());
            }
            field("file", end.file(), out);
            field("server", end.server(), out);
            field("application", end.application(), out);
            out.writeEndObject();
            list("hops", hops, out);
        });
    }

    /// The same with `problem` in place of `end` and `hops`.
    static String json(Asked asked, String problem) {
        return object(asked, out -> out.writeStringField("problem", problem));
    }

    private interface Rest {
        void write(JsonGenerator out) throws IOException;
    }

    private static String object(Asked asked, Rest rest) {
        StringWriter written = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(written)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            out.writeStartObject();
            out.writeStringField("method", asked.method());
            out.writeStringField("url", asked.url());
            out.writeStringField("from", asked.from());
            rest.write(out);
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return written + "\n";
    }

    private static void field(String name, Optional<String> value, JsonGenerator out) throws IOException {
        if (value.isPresent()) {
            out.writeStringField(name, value.get());
        }
    }

    private static void list(String name, List<Step> steps, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart(name);
        for (Step step : steps) {
            out.writeStartObject();
            out.writeStringField("kind", step.kind());
            out.writeStringField("text", step.text());
            if (step.at().isPresent()) {
                Span at = step.at().get();
                out.writeStringField("file", at.file().name());
                out.writeNumberField("line", at.line());
            }
            if (!step.inner().isEmpty()) {
                list("steps", step.inner(), out);
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
