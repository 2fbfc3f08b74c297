package dev.fairlead.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where Fairlead answers otherwise than the program it stands in for, and is meant to.
///
/// @param title a heading, which is also its name
/// @param cases which cases, as a regular expression on their names
/// @param aspects which aspects of the outcome, as a regular expression
/// @param reason what differs, why, and what it means to the reader
public record Difference(String title, Pattern cases, Pattern aspects, String reason) {
    private static final int WIDTH = 110;

    public static Difference of(String title, String cases, String aspects, String reason) {
        String flowing = reason.strip().replaceAll("\\s*\\n\\s*", " ");
        return new Difference(title, Pattern.compile(cases), Pattern.compile(aspects), flowing);
    }

    /// The one among `all` that allows a difference.
    public static Optional<Difference> covering(List<Difference> all, String test, String aspect) {
        return all.stream()
                .filter(allowed -> allowed.cases.matcher(test).matches()
                        && allowed.aspects.matcher(aspect).matches())
                .findFirst();
    }

    /// All of them as the documentation tells them.
    public static String page(List<Difference> all) {
        return all.stream()
                .map(allowed -> "## " + allowed.title + "\n\n" + wrapped(allowed.reason) + "\n")
                .collect(Collectors.joining("\n"));
    }

    private static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        int column = 0;
        for (String word : Arrays.asList(text.split(" ", -1))) {
            boolean fits = column + word.length() < WIDTH;
            lines.append(column == 0 ? "" : fits ? " " : "\n").append(word);
            column = fits ? column + word.length() + 1 : word.length() + 1;
        }
        return lines.toString();
    }
}
