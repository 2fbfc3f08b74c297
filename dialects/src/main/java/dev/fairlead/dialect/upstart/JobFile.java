package dev.fairlead.dialect.upstart;

import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import dev.fairlead.unit.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the stanzas of one file into a draft.
final class JobFile {
    private static final List<String> TWO_WORDS = List.of("start", "stop");
    /// What other supervisors call it.
    private static final Map<String, String> ELSEWHERE = Map.of(
            "user", "setuid USER",
            "group", "setgid GROUP",
            "directory", "chdir FOLDER",
            "command", "exec COMMAND",
            "environment", "env KEY=VALUE",
            "restart", "respawn",
            "stdout_logfile", "console log");

    private JobFile() {}

    static void read(SourceFile file, Draft draft, UpstartOptions options, Problems problems) {
        JobText text = new JobText(file, problems);
        text.skipToNextWord();
        while (!text.isAtEndOfFile()) {
            Optional<Word> name = text.word();
            name.ifPresent(word -> stanza(new StanzaReading(word, text, draft, options, problems)));
            text.skipToNextWord();
        }
    }

    /// Where its first stanza begins.
    static Span begin(SourceFile file) {
        JobText text = new JobText(file, new Problems());
        text.skipToNextWord();
        return text.word().map(Word::span).orElseGet(() -> file.span(0, 0));
    }

    private static void stanza(StanzaReading reading) {
        String name = reading.name().text();
        Optional<Stanza> stanza = Stanzas.find(name);
        if (stanza.isPresent()) {
            stanza.get().reader().read(reading);
            return;
        }
        reading.error("upstart.unknown-stanza", reading.name().span(), "Unknown stanza", hint(name));
        Span at = reading.name().span();
        boolean isScript = !name.equals("end") && at.file().line(at.line()).matches("\\s*\\S+\\s+script\\s*");
        if (isScript) {
            // What is between it and its end is no stanza, whatever this was meant to be.
            reading.text().block("script", at);
        } else {
            reading.skip();
        }
    }

    private static String hint(String name) {
        if (name.equals("end")) {
            return "there is no script that this could end";
        }
        if (name.equals("and") || name.equals("or")) {
            return "the line before ends the stanza: put parentheses round all of its events";
        }
        Optional<String> known = Optional.ofNullable(ELSEWHERE.get(name)).map(stanza -> "did you mean " + stanza + "?");
        return known.or(() -> Suggestion.nearest(name, Stanzas.names())
                        .map(near -> "did you mean " + near + (TWO_WORDS.contains(near) ? " on?" : "?")))
                .orElse("a stanza begins each line; a command goes behind exec, or between script and end script");
    }
}
