package dev.fairlead.conformance.cases;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;

/// Checks what a case says about itself: that it really is about what its name claims.
///
/// `200 text` the status of the last answer, and the text is in its body; `#2 404` the same of the second answer;
/// `Name: value` a header; `!Name` no such header; `up1 GET /x` a line that the upstream saw; `!up` nothing
/// reached an upstream; `log: text` a text in the lines of the log.
public final class Expectation {
    private static final Pattern STATUS = Pattern.compile("(\\d{3})(?: (.*))?");
    private static final Pattern WHICH = Pattern.compile("#(\\d+) (.*)");
    private static final Pattern UPSTREAM = Pattern.compile("(up\\d) (.*)");

    private Expectation() {}

    public static void check(String expectation, Outcome outcome, int answers) {
        Matcher which = WHICH.matcher(expectation);
        String prefix = "#" + answers + " ";
        String claim = expectation;
        if (which.matches()) {
            prefix = "#" + which.group(1) + " ";
            claim = which.group(2);
        }
        Map<String, String> aspects = outcome.aspects();
        Matcher status = STATUS.matcher(claim);
        Matcher upstream = UPSTREAM.matcher(claim);
        if (claim.startsWith("log: ")) {
            Assertions.assertThat(aspects.getOrDefault("log", ""))
                    .as(expectation)
                    .contains(claim.substring(5));
        } else if (status.matches()) {
            Assertions.assertThat(aspects.getOrDefault(prefix + "status", ""))
                    .as("%s of %s", expectation, aspects)
                    .contains(" " + status.group(1));
            if (status.group(2) != null) {
                Assertions.assertThat(aspects.getOrDefault(prefix + "body", ""))
                        .as(expectation)
                        .contains(status.group(2));
            }
        } else if (upstream.matches()) {
            Assertions.assertThat(aspects.getOrDefault("upstream", ""))
                    .as(expectation)
                    .contains(upstream.group(1) + ": ");
            Assertions.assertThat(
                            aspects.getOrDefault("upstream", "").lines().map(line -> line.replaceFirst("^up\\d: ", "")))
                    .as(expectation)
                    .anyMatch(line -> line.startsWith(upstream.group(2)));
        } else if (claim.equals("!up")) {
            Assertions.assertThat(aspects.getOrDefault("upstream", ""))
                    .as(expectation)
                    .isEmpty();
        } else if (claim.startsWith("!up ")) {
            Assertions.assertThat(aspects.getOrDefault("upstream", ""))
                    .as(expectation)
                    .doesNotContain(claim.substring(4));
        } else if (claim.startsWith("!")) {
            Assertions.assertThat(aspects).as(expectation).doesNotContainKey(prefix + "header " + claim.substring(1));
        } else {
            int colon = claim.indexOf(':');
            Assertions.assertThat(aspects)
                    .as(expectation)
                    .containsEntry(
                            prefix + "header " + claim.substring(0, colon),
                            claim.substring(colon + 1).strip());
        }
    }
}
