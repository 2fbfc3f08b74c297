package dev.fairlead.cli.journalctl;

import dev.fairlead.cli.option.GnuOption;
import dev.fairlead.cli.option.GnuWords;
import dev.fairlead.dialect.systemd.time.Timestamps;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What journalctl was asked on its command line.
record Request(GnuWords given) {
    static final List<GnuOption> OPTIONS = List.of(
            GnuOption.flag("help", 'h'),
            GnuOption.flag("version"),
            GnuOption.flag("no-pager"),
            GnuOption.flag("pager-end", 'e'),
            GnuOption.flag("follow", 'f'),
            GnuOption.flag("force"),
            GnuOption.valued("output", 'o'),
            GnuOption.flag("all", 'a'),
            GnuOption.flag("full", 'l'),
            GnuOption.flag("no-full"),
            new GnuOption("lines", 'n', GnuOption.Value.OPTIONAL),
            GnuOption.flag("no-tail"),
            GnuOption.flag("quiet", 'q'),
            GnuOption.flag("merge", 'm'),
            new GnuOption("boot", 'b', GnuOption.Value.OPTIONAL),
            GnuOption.flag("list-boots"),
            GnuOption.flag("dmesg", 'k'),
            GnuOption.flag("system"),
            GnuOption.flag("user"),
            GnuOption.valued("directory", 'D'),
            GnuOption.valued("root"),
            GnuOption.valued("file"),
            GnuOption.valued("identifier", 't'),
            GnuOption.valued("priority", 'p'),
            GnuOption.valued("grep", 'g'),
            new GnuOption("case-sensitive", (char) 0, GnuOption.Value.OPTIONAL),
            GnuOption.valued("cursor", 'c'),
            GnuOption.valued("after-cursor"),
            GnuOption.flag("show-cursor"),
            GnuOption.valued("since", 'S'),
            GnuOption.valued("until", 'U'),
            GnuOption.flag("reverse", 'r'),
            GnuOption.valued("unit", 'u'),
            GnuOption.valued("field", 'F'),
            GnuOption.flag("catalog", 'x'),
            GnuOption.flag("utc"),
            GnuOption.flag("no-hostname"),
            GnuOption.flag("disk-usage"),
            GnuOption.valued("vacuum-size"),
            GnuOption.valued("vacuum-files"),
            GnuOption.valued("vacuum-time"),
            GnuOption.flag("flush"),
            GnuOption.flag("sync"),
            GnuOption.flag("rotate"),
            GnuOption.flag("verify"),
            GnuOption.valued("machine", 'M'),
            GnuOption.valued("stack", 'C'));
    private static final List<String> LEVELS =
            List.of("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");
    private static final int USUAL_FOLLOWED = 10;
    private static final int USUAL_AT_END = 1000;

    static Request read(List<String> words) {
        return new Request(GnuWords.read("journalctl", OPTIONS, joined(words)));
    }

    /// A number behind `-n`, and a run behind `-b`, may be words of their own although they may be left out.
    private static List<String> joined(List<String> words) {
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String next = i + 1 < words.size() ? words.get(i + 1) : "";
            boolean isCount = word.matches("-[a-z]*n|--lines") && next.matches("\\d{1,9}|all");
            boolean isBoot = word.matches("-[a-z]*b|--boot") && next.matches("[+-]?\\d{1,9}|[0-9a-f]{32}");
            if (isCount || isBoot) {
                joined.add(word + (word.startsWith("--") ? "=" : "") + next);
                i++;
            } else {
                joined.add(word);
            }
        }
        return joined;
    }

    boolean has(String option) {
        return given.has(option);
    }

    Optional<String> value(String option) {
        return given.value(option);
    }

    boolean isQuiet() {
        return has("quiet");
    }

    /// How many of the last lines are wanted; empty: all.
    Optional<Integer> lines() throws Refusal {
        if (!has("lines")) {
            if (has("pager-end")) {
                return Optional.of(USUAL_AT_END);
            }
            return has("follow") && !has("no-tail") ? Optional.of(USUAL_FOLLOWED) : Optional.empty();
        }
        String count = value("lines").orElse("");
        if (count.isEmpty()) {
            return Optional.of(USUAL_FOLLOWED);
        }
        if (count.equals("all")) {
            return Optional.empty();
        }
        if (!count.matches("\\d{1,9}")) {
            throw new Refusal("Failed to parse lines '" + count + "'");
        }
        return Optional.of(Integer.parseInt(count));
    }

    /// Fields and the values they shall have, `_PID=1`.
    List<String> matches() throws Refusal {
        for (String word : given.words()) {
            if (!word.matches("[A-Z_][A-Z0-9_]*=.*")) {
                throw new Refusal("Failed to add match '" + word + "': Invalid argument");
            }
        }
        return given.words();
    }

    /// Which run, counted from the last: 0, -1, or 1 for the first; or its id.
    Optional<String> boot() {
        return value("boot");
    }

    Optional<Instant> moment(String option, Instant now) throws Refusal {
        Optional<String> text = value(option);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> moment = Timestamps.parse(text.get(), now, zone());
        if (moment.isEmpty()) {
            throw new Refusal("Failed to parse timestamp: " + text.get());
        }
        return moment;
    }

    ZoneId zone() {
        return has("utc") ? ZoneId.of("UTC") : ZoneId.systemDefault();
    }

    /// Which priorities are shown.
    ///
    /// @param least the most urgent
    record Priorities(int least, int most) {}

    Priorities priorities() throws Refusal {
        String text = value("priority").orElse("debug");
        String[] ends = text.split("\\.\\.", -1);
        if (ends.length == 2) {
            int first = level(ends[0], text);
            int second = level(ends[1], text);
            return new Priorities(Math.min(first, second), Math.max(first, second));
        }
        return new Priorities(0, level(text, text));
    }

    private static int level(String word, String text) throws Refusal {
        int level = word.matches("[0-7]") ? Integer.parseInt(word) : LEVELS.indexOf(word);
        if (level < 0) {
            throw new Refusal(
                    text.contains("..") ? "Failed to parse log level range " + text : "Unknown log level " + text);
        }
        return level;
    }

    /// Without a capital letter in it, capitals do not matter.
    Optional<Pattern> pattern() throws Refusal {
        Optional<String> text = value("grep");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        boolean isSensitive = has("case-sensitive")
                ? !List.of("no", "false", "0").contains(value("case-sensitive").orElse(""))
                : !text.get().equals(text.get().toLowerCase(Locale.ROOT));
        try {
            return Optional.of(
                    Pattern.compile(text.get(), isSensitive ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
        } catch (PatternSyntaxException wrong) {
            throw new Refusal("Bad pattern \"" + text.get() + "\": " + wrong.getDescription());
        }
    }
}
