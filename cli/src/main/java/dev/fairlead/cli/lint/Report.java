package dev.fairlead.cli.lint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.FileChange;
import dev.fairlead.source.Fix;
import dev.fairlead.source.Span;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// Problems as programs read them. Lines and columns count from 1; a column counts UTF-16 units, as in SARIF.
public final class Report {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private Report() {}

    private interface Content {
        void write(JsonGenerator out) throws IOException;
    }

    /// An array with an object for each problem: `severity`, `rule`, `message`, and where they are known
    /// `file`, `line`, `column`, `hint` and `fix`, a list of `file`, `line`, `column`, `endLine`, `endColumn`
    /// and `replacement`.
    public static String json(List<Diagnostic> problems) {
        return written(out -> {
            out.writeStartArray();
            for (Diagnostic problem : problems) {
                out.writeStartObject();
                out.writeStringField("severity", problem.severity().word());
                out.writeStringField("rule", problem.rule());
                out.writeStringField("message", problem.message());
                if (!problem.span().isBuiltIn()) {
                    out.writeStringField("file", problem.span().file().name());
                    out.writeNumberField("line", problem.span().line());
                    out.writeNumberField("column", problem.span().column());
                }
                if (problem.hint().isPresent()) {
                    out.writeStringField("hint", problem.hint().get());
                }
                if (problem.fix().isPresent()) {
                    out.writeArrayFieldStart("fix");
                    for (Fix.Edit edit : problem.fix().get().edits()) {
                        out.writeStartObject();
                        out.writeStringField("file", edit.span().file().name());
                        region(out, edit.span(), "line", "column");
                        out.writeStringField("replacement", edit.replacement());
                        out.writeEndObject();
                    }
                    out.writeEndArray();
                }
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    /// A log of SARIF 2.1.0 (OASIS), which code hosts and editors show at their lines.
    ///
    /// @param folder files below it are named from there, as code hosts want it; all others by whole URIs
    public static String sarif(List<Diagnostic> problems, Path folder) {
        return written(out -> {
            out.writeStartObject();
            out.writeStringField("$schema", SCHEMA);
            out.writeStringField("version", "2.1.0");
            out.writeArrayFieldStart("runs");
            out.writeStartObject();
            List<String> rules =
                    problems.stream().map(Diagnostic::rule).distinct().toList();
            tool(out, rules);
            out.writeStringField("columnKind", "utf16CodeUnits");
            out.writeArrayFieldStart("results");
            for (Diagnostic problem : problems) {
                result(out, problem, rules.indexOf(problem.rule()), folder);
            }
            out.writeEndArray();
            out.writeEndObject();
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static void tool(JsonGenerator out, List<String> rules) throws IOException {
        out.writeObjectFieldStart("tool");
        out.writeObjectFieldStart("driver");
        out.writeStringField("name", "fairlead");
        out.writeArrayFieldStart("rules");
        for (String rule : rules) {
            out.writeStartObject();
            out.writeStringField("id", rule);
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void result(JsonGenerator out, Diagnostic problem, int rule, Path folder) throws IOException {
        out.writeStartObject();
        out.writeStringField("ruleId", problem.rule());
        out.writeNumberField("ruleIndex", rule);
        out.writeStringField("level", problem.severity().word());
        out.writeObjectFieldStart("message");
        out.writeStringField(
                "text",
                problem.message()
                        + problem.hint().map(hint -> "\nhint: " + hint).orElse(""));
        out.writeEndObject();
        if (!problem.span().isBuiltIn()) {
            out.writeArrayFieldStart("locations");
            out.writeStartObject();
            out.writeObjectFieldStart("physicalLocation");
            artifact(out, problem.span(), folder);
            out.writeObjectFieldStart("region");
            region(out, problem.span(), "startLine", "startColumn");
            out.writeEndObject();
            out.writeEndObject();
            out.writeEndObject();
            out.writeEndArray();
        }
        if (problem.fix().isPresent()) {
            fix(out, problem.fix().get(), folder);
        }
        out.writeEndObject();
    }

    private static void fix(JsonGenerator out, Fix fix, Path folder) throws IOException {
        out.writeArrayFieldStart("fixes");
        out.writeStartObject();
        out.writeArrayFieldStart("artifactChanges");
        // What is wrong in one file may be mended in the one that includes it.
        for (FileChange change : FileChange.of(List.of(fix))) {
            changes(out, change, folder);
        }
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndArray();
    }

    private static void changes(JsonGenerator out, FileChange change, Path folder) throws IOException {
        out.writeStartObject();
        artifact(out, change.edits().getFirst().span(), folder);
        out.writeArrayFieldStart("replacements");
        for (Fix.Edit edit : change.edits()) {
            out.writeStartObject();
            out.writeObjectFieldStart("deletedRegion");
            region(out, edit.span(), "startLine", "startColumn");
            out.writeEndObject();
            out.writeObjectFieldStart("insertedContent");
            out.writeStringField("text", edit.replacement());
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void artifact(JsonGenerator out, Span span, Path folder) throws IOException {
        out.writeObjectFieldStart("artifactLocation");
        URI file = Path.of(span.file().name()).toUri();
        out.writeStringField("uri", folder.toUri().relativize(file).toString());
        out.writeEndObject();
    }

    private static void region(JsonGenerator out, Span span, String line, String column) throws IOException {
        Span end = span.after();
        out.writeNumberField(line, span.line());
        out.writeNumberField(column, span.column());
        out.writeNumberField("endLine", end.line());
        out.writeNumberField("endColumn", end.column());
    }

    private static String written(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            out.useDefaultPrettyPrinter();
            content.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.append('\n').toString();
    }
}
