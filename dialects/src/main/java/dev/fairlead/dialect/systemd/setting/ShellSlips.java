package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.dialect.systemd.text.Words;
import dev.fairlead.source.Problems;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a shell would do with a command line, and systemd does not: it hands `&&`, `|` or `>` to the program like
/// any other word. Allowed, and never meant.
final class ShellSlips {
    private static final Pattern JOINS = Pattern.compile("&&|\\|\\|?|&|[^;]*[^;\\\\];");
    private static final Pattern SENDS =
            Pattern.compile("(?:[0-9&]?>{1,2}|[0-9]?<|[0-9]?<<)|(?:[0-9&]?>{1,2})[/&.\\w].*");
    private static final Pattern REPLACES = Pattern.compile("(?:[\\w./-]*=)?(?:\\$\\(.*|`.*)");
    private static final Pattern SHELL = Pattern.compile("[-@:+!]*(?:.*/)?(?:ba|da|z)?sh");
    private static final int LONGEST_SHOWN = 100;

    private ShellSlips() {}

    /// Tells of the first of them.
    static void look(Assignment assignment, Problems problems) {
        List<Words.Word> words = Words.ofCommand(assignment.value()).all(new Problems());
        if (words.isEmpty()) {
            return;
        }
        boolean isShell = SHELL.matcher(words.getFirst().text()).matches();
        for (Words.Word word : words.subList(1, words.size())) {
            Optional<String> hint = hint(word, assignment, isShell);
            if (hint.isPresent()) {
                problems.warning(
                        "systemd.no-shell",
                        word.span(),
                        "'" + word.raw() + "' means nothing here: no shell reads this line",
                        hint.get());
                return;
            }
        }
    }

    private static Optional<String> hint(Words.Word word, Assignment assignment, boolean isShell) {
        String raw = word.raw();
        boolean sends = SENDS.matcher(raw).matches();
        if (!sends && !JOINS.matcher(raw).matches() && !REPLACES.matcher(raw).matches()) {
            return Optional.empty();
        }
        if (isShell) {
            return Optional.of("what the shell is to run is one word, in quotes: /bin/sh -c '…'");
        }
        if (raw.equals("&")) {
            return Optional.of("leave it out: a service stays in the foreground, and is kept an eye on there");
        }
        if (raw.equals("2>&1")) {
            return Optional.of("leave it out: both outputs go to the same place unless StandardError= says otherwise");
        }
        return Optional.of(
                (sends ? "StandardOutput=append:/FILE, or a shell: " : "a shell does it: ") + shown(assignment));
    }

    private static String shown(Assignment assignment) {
        String text = assignment.value().text();
        boolean isPlain = text.length() <= LONGEST_SHOWN && text.chars().noneMatch(c -> "'$`\\\n".indexOf(c) >= 0);
        return assignment.key() + "=/bin/sh -c '" + (isPlain ? text : "…") + "'";
    }
}
