package dev.fairlead.dialect.upstart;

import static dev.fairlead.dialect.upstart.Stanza.followed;

import dev.fairlead.model.service.execution.Limit;
import dev.fairlead.model.service.execution.Named;
import dev.fairlead.model.service.execution.OutputTarget;
import dev.fairlead.model.service.execution.WorkingDirectory;
import dev.fairlead.source.Diagnostic;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// Stanzas about the surroundings of a job's processes.
final class SurroundingStanzas {
    private static final int LARGEST_UMASK = 0777;
    private static final int LARGEST_SCORE = 1000;
    private static final int OLD_SCORES = 17;
    private static final List<String> LIMITS = List.of(
            "as",
            "core",
            "cpu",
            "data",
            "fsize",
            "memlock",
            "msgqueue",
            "nice",
            "nofile",
            "nproc",
            "rss",
            "rtprio",
            "sigpending",
            "stack");

    static final List<Stanza> ROWS = List.of(
            followed(
                    "setuid",
                    "USER",
                    "as whom the processes run; needs root, else a warning says that it is not done",
                    reading -> reading.only("the name of a user")
                            .ifPresent(
                                    word -> reading.draft().user = Optional.of(new Named(word.text(), word.span())))),
            followed(
                    "setgid",
                    "GROUP",
                    "likewise",
                    reading -> reading.only("the name of a group")
                            .ifPresent(
                                    word -> reading.draft().group = Optional.of(new Named(word.text(), word.span())))),
            followed(
                    "chdir",
                    "FOLDER",
                    "where the processes start; `/` without it",
                    reading -> reading.only("a folder")
                            .ifPresent(word -> reading.draft().directory = new WorkingDirectory.At(
                                    reading.options().resolve(word.text()), false, word.span()))),
            followed(
                    "chroot",
                    "FOLDER",
                    "by chroot(8), which only root may do",
                    reading -> reading.only("a folder")
                            .ifPresent(word -> reading.draft().root =
                                    Optional.of(reading.options().resolve(word.text())))),
            followed(
                    "umask",
                    "MODE",
                    "022 without it",
                    reading -> reading.only("an octal number").ifPresent(word -> umask(word, reading))),
            followed(
                    "nice",
                    "LEVEL",
                    "-20 to 19",
                    reading -> reading.only("a level")
                            .flatMap(word -> reading.number(
                                    word, -20, 19, "upstart.nice", "Illegal nice value, expected -20 to 19"))
                            .ifPresent(level -> reading.draft().niceness = OptionalInt.of(level))),
            followed(
                    "oom",
                    "score SCORE | ADJUSTMENT | never",
                    "old adjustments are turned into scores",
                    reading -> oom(reading)),
            followed(
                    "limit", "NAME SOFT|unlimited HARD|unlimited", String.join(" ", LIMITS), SurroundingStanzas::limit),
            followed(
                    "console",
                    "log | none | output | owner",
                    "`log`: into the stack's own log (`fairlead logs JOB`), not into /var/log/upstart; `output` and"
                            + " `owner`: where this program itself prints",
                    SurroundingStanzas::console));

    private SurroundingStanzas() {}

    private static void umask(Word word, StanzaReading reading) {
        try {
            int mask = Integer.parseInt(word.text(), 8);
            if (mask >= 0 && mask <= LARGEST_UMASK) {
                reading.draft().umask = mask;
                return;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        reading.error(
                "upstart.umask",
                word.span(),
                "Illegal file creation mask, expected octal integer",
                "such as 022 or 0027");
    }

    private static void oom(StanzaReading reading) {
        Optional<Word> first = reading.next("a score, an adjustment or never");
        boolean isScore = first.filter(word -> word.text().equals("score")).isPresent();
        Optional<Word> value = isScore ? reading.next("a number or never") : first;
        if (value.isEmpty()) {
            reading.skip();
            return;
        }
        if (value.get().text().equals("never")) {
            reading.draft().outOfMemoryScore = OptionalInt.of(-LARGEST_SCORE);
        } else if (isScore) {
            reading.number(
                            value.get(),
                            1 - LARGEST_SCORE,
                            LARGEST_SCORE,
                            "upstart.oom",
                            "Illegal oom score adjustment, expected -999 to 1000 or 'never'")
                    .ifPresent(score -> reading.draft().outOfMemoryScore = OptionalInt.of(score));
        } else {
            reading.number(
                            value.get(),
                            1 - OLD_SCORES,
                            OLD_SCORES - 2,
                            "upstart.oom",
                            "Illegal oom adjustment, expected -16 to 15 or 'never'")
                    .ifPresent(score -> reading.draft().outOfMemoryScore = OptionalInt.of(
                            score == OLD_SCORES - 2 ? LARGEST_SCORE : score * LARGEST_SCORE / OLD_SCORES));
        }
        reading.end();
    }

    private static void limit(StanzaReading reading) {
        Optional<Word> name = reading.oneOf(LIMITS);
        Optional<Word> soft = name.flatMap(_ -> reading.next("a soft and a hard limit"));
        Optional<Word> hard = soft.flatMap(_ -> reading.only("a hard limit behind the soft one"));
        Optional<Long> least = soft.flatMap(word -> limitOf(word, reading));
        Optional<Long> most = hard.flatMap(word -> limitOf(word, reading));
        if (least.isPresent() && most.isPresent()) {
            reading.draft()
                    .limits
                    .put(
                            name.get().text().toUpperCase(Locale.ROOT),
                            new Limit(least.get(), most.get(), name.get().span()));
        }
    }

    private static Optional<Long> limitOf(Word word, StanzaReading reading) {
        if (word.text().equals("unlimited")) {
            return Optional.of(Limit.INFINITE);
        }
        try {
            return Optional.of(Long.parseLong(word.text()))
                    .filter(number -> number >= 0)
                    .or(() -> {
                        illegal(word, reading);
                        return Optional.empty();
                    });
        } catch (NumberFormatException notANumber) {
            illegal(word, reading);
            return Optional.empty();
        }
    }

    private static void illegal(Word word, StanzaReading reading) {
        reading.error(
                "upstart.limit",
                word.span(),
                "Illegal limit, expected 'unlimited' or integer",
                "a plain number; there are no units such as k");
    }

    private static void console(StanzaReading reading) {
        reading.oneOf(List.of("log", "none", "output", "owner")).ifPresent(word -> {
            reading.draft().output = switch (word.text()) {
                case "none" -> new OutputTarget.Discard();
                case "output", "owner" -> new OutputTarget.Inherit();
                default -> new OutputTarget.Journal();
            };
            if (word.text().equals("owner")) {
                reading.problems()
                        .add(Diagnostic.note(
                                        "upstart.no-effect",
                                        word.span(),
                                        "\"console owner\" is as \"console output\" here")
                                .hint("the job does not come to own a terminal"));
            }
            reading.end();
        });
    }
}
