package dev.fairlead.dialect.haproxy.build.rule;

import dev.fairlead.dialect.haproxy.build.workshop.Formats;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.http.Content;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The answer that `deny`, `tarpit`, `return` and `http-error` give: `[status N] [content-type T] [string S] …`.
final class Replies {
    private final Formats formats;

    Replies(Formats formats) {
        this.formats = formats;
    }

    /// @param words behind the action, without the condition
    /// @param status unless one is given
    /// @param isReturn whether an answer without a body is meant where none is given; else the error's page is
    Rule read(Entry entry, List<Word> words, int status, boolean isReturn) {
        Reading reading = new Reading(entry, status);
        reading.run(words);
        if (reading.page.isPresent()) {
            return reading.page.get();
        }
        boolean isUsual = reading.isUsual || (!isReturn && reading.fields.isEmpty() && !reading.isBare);
        if (!reading.hasContent && isUsual) {
            return new Rule.Answer(reading.status, Optional.empty(), entry.origin());
        }
        if (!reading.hasContent && !isReturn && !reading.fields.isEmpty()) {
            formats.problem(entry.keyword(), "'hdr' without a body is not supported for '" + entry.name() + "'");
        }
        return new Rule.Respond(reading.status, reading.contentType(), reading.content, reading.fields, entry.origin());
    }

    private final class Reading {
        private final Entry entry;
        private int status;
        private Optional<Template> type = Optional.empty();
        private Content content = new Content.None();
        private boolean hasContent;
        /// The whole answer as a file has it.
        private Optional<Rule> page = Optional.empty();
        private Optional<Word> named = Optional.empty();
        /// `status` means an answer without a body, `deny_status` the error's page.
        private boolean isBare;
        private boolean isUsual;
        private final List<Forward.FieldAssignment> fields = new ArrayList<>();

        Reading(Entry entry, int status) {
            this.entry = entry;
            this.status = status;
        }

        Optional<Template> contentType() {
            return hasContent ? type : Optional.empty();
        }

        void run(List<Word> words) {
            int next = 0;
            while (next < words.size()) {
                Word word = words.get(next);
                int values = values(word);
                if (values < 0 || next + values >= words.size()) {
                    formats.problem(
                            word,
                            values < 0
                                    ? "'" + entry.name() + "' : unknown keyword '" + word.text() + "'"
                                    : "'" + word.text() + "' expects " + values + " argument(s)");
                    return;
                }
                take(word, words.subList(next + 1, next + 1 + values));
                next += 1 + values;
            }
            // Behind the status, wherever that stands.
            named.ifPresent(section -> page = errors().ofSection(section, status, entry.origin()));
        }

        private static int values(Word word) {
            return switch (word.text()) {
                case "default-errorfiles" -> 0;
                case "status", "deny_status", "content-type", "string", "lf-string", "file", "lf-file" -> 1;
                case "errorfile", "errorfiles" -> 1;
                case "hdr" -> 2;
                default -> -1;
            };
        }

        private void take(Word word, List<Word> values) {
            switch (word.text()) {
                case "status" -> {
                    status(values.getFirst());
                    isBare = true;
                }
                case "deny_status" -> status(values.getFirst());
                case "content-type" ->
                    type = Optional.of(Template.constant(
                            values.getFirst().text(), values.getFirst().span()));
                case "string" ->
                    text(Template.constant(
                            values.getFirst().text(), values.getFirst().span()));
                case "lf-string" -> text(formats.format(values.getFirst()));
                case "file" -> {
                    content = new Content.OfFile(
                            Path.of(formats.scene().workshop().path(values.getFirst(), "")));
                    hasContent = true;
                }
                case "lf-file" -> file(values.getFirst());
                case "hdr" ->
                    fields.add(new Forward.FieldAssignment(
                            values.getFirst().text(), formats.format(values.getLast()), word.span()));
                case "default-errorfiles" -> isUsual = true;
                case "errorfile" -> page = errors().whole(values.getFirst(), entry.origin());
                case "errorfiles" -> named = Optional.of(values.getFirst());
                default -> formats.problem(word, "unknown keyword '" + word.text() + "'");
            }
        }

        private Errors errors() {
            return new Errors(formats.scene().workshop());
        }

        private void text(Template text) {
            content = new Content.Text(text);
            hasContent = true;
        }

        private void file(Word name) {
            try {
                String text = formats.scene()
                        .workshop()
                        .read(formats.scene().workshop().path(name, ""));
                text(formats.format(name.withText(text)));
            } catch (IOException unreadable) {
                formats.problem(name, "failed to open file '" + name.text() + "'");
            }
        }

        private void status(Word word) {
            Optional<Integer> number = Figures.between(word.text(), 200, 599);
            if (number.isEmpty()) {
                formats.problem(word, "expects a status code between 200 and 599, not '" + word.text() + "'");
            }
            status = number.orElse(status);
        }
    }
}
