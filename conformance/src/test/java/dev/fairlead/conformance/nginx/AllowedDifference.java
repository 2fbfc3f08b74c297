package dev.fairlead.conformance.nginx;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where Fairlead answers otherwise than nginx 1.22 and is meant to. The only such list; `docs/differences.md` tells each to
/// the reader under the same name.
enum AllowedDifference {
    ;

    private final Pattern cases;
    private final Pattern aspects;
    private final String reason;

    /// @param cases which cases, as a regular expression on `group: name`
    /// @param aspects which aspects of the outcome, as a regular expression
    AllowedDifference(String cases, String aspects, String reason) {
        this.cases = Pattern.compile(cases);
        this.aspects = Pattern.compile(aspects);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    static Optional<AllowedDifference> covering(String test, String aspect) {
        return Arrays.stream(values())
                .filter(allowed -> allowed.cases.matcher(test).matches()
                        && allowed.aspects.matcher(aspect).matches())
                .findFirst();
    }
}
