package dev.fairlead.cli.systemctl;

import dev.fairlead.cli.option.GnuOption;
import dev.fairlead.cli.option.GnuWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What systemctl was asked on its command line.
///
/// @param verb `list-units` where none was given
/// @param operands the words after it
record Arguments(GnuWords given, String verb, List<String> operands) {
    static final List<GnuOption> OPTIONS = List.of(
            GnuOption.flag("help", 'h'),
            GnuOption.flag("version"),
            GnuOption.valued("type", 't'),
            GnuOption.valued("property", 'p'),
            GnuOption.valued("", 'P'),
            GnuOption.flag("all", 'a'),
            GnuOption.flag("reverse"),
            GnuOption.flag("after"),
            GnuOption.flag("before"),
            GnuOption.flag("failed"),
            GnuOption.flag("full", 'l'),
            GnuOption.valued("job-mode"),
            GnuOption.flag("show-transaction", 'T'),
            GnuOption.flag("show-types"),
            GnuOption.flag("wait"),
            GnuOption.flag("no-block"),
            GnuOption.flag("no-legend"),
            GnuOption.flag("no-pager"),
            GnuOption.flag("no-wall"),
            GnuOption.flag("dry-run"),
            GnuOption.flag("quiet", 'q'),
            GnuOption.flag("no-reload"),
            GnuOption.valued("check-inhibitors"),
            GnuOption.flag("", 'i'),
            GnuOption.flag("value"),
            GnuOption.flag("user"),
            GnuOption.flag("system"),
            GnuOption.flag("global"),
            GnuOption.valued("legend"),
            GnuOption.flag("no-ask-password"),
            GnuOption.valued("kill-whom"),
            GnuOption.valued("kill-who"),
            GnuOption.valued("signal", 's'),
            GnuOption.valued("what"),
            GnuOption.flag("force", 'f'),
            GnuOption.valued("root"),
            GnuOption.valued("image"),
            GnuOption.valued("preset-mode"),
            GnuOption.flag("now"),
            GnuOption.flag("runtime"),
            GnuOption.valued("host", 'H'),
            GnuOption.valued("machine", 'M'),
            GnuOption.valued("lines", 'n'),
            GnuOption.valued("output", 'o'),
            GnuOption.flag("plain"),
            GnuOption.valued("state"),
            GnuOption.flag("recursive", 'r'),
            GnuOption.valued("timestamp"),
            GnuOption.flag("mkdir"),
            GnuOption.flag("read-only"),
            GnuOption.flag("marked"),
            GnuOption.valued("stack", 'C'));

    Arguments {
        operands = List.copyOf(operands);
    }

    static Arguments read(List<String> words) {
        GnuWords given = GnuWords.read("systemctl", OPTIONS, words);
        return given.words().isEmpty()
                ? new Arguments(given, "list-units", List.of())
                : new Arguments(
                        given,
                        given.words().getFirst(),
                        given.words().subList(1, given.words().size()));
    }

    boolean has(String option) {
        return given.has(option);
    }

    Optional<String> value(String option) {
        return given.value(option);
    }

    /// The parts of values that are lists.
    List<String> list(String option) {
        List<String> parts = new ArrayList<>();
        for (String value : given.all(option)) {
            Arrays.stream(value.split(",", -1)).filter(part -> !part.isEmpty()).forEach(parts::add);
        }
        return parts;
    }

    boolean isQuiet() {
        return has("quiet");
    }

    /// Whether tables have a heading and a count.
    boolean hasLegend() {
        String legend = value("legend").orElse(isQuiet() ? "no" : "yes");
        return !has("no-legend") && (legend.equals("yes") || legend.equals("true") || legend.equals("1"));
    }
}
