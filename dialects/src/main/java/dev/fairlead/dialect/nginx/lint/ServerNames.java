package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Fix;
import dev.fairlead.source.Problems;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names that no request can have: with a comma, a port or a scheme. nginx takes them and waits in vain.
final class ServerNames implements LintRule {
    static final String ID = "lint.server-name";

    private static final Pattern PORT = Pattern.compile("[^\\[\\]:]+:[0-9]+");

    @Override
    public void look(Branch branch, Problems problems) {
        if (!branch.is("server_name")) {
            return;
        }
        for (Word word : branch.args()) {
            String name = word.text();
            boolean isOther = name.startsWith("~") || name.indexOf('$') >= 0;
            Optional<String> hint = isOther ? Optional.empty() : hint(name);
            if (hint.isPresent()) {
                Diagnostic found = Diagnostic.warning(ID, word.span(), "no request has the name \"" + name + "\"")
                        .hint(hint);
                String parted = name.replace(',', ' ').strip();
                boolean isList = name.indexOf(',') >= 0
                        && !parted.isEmpty()
                        && hint(parted).isEmpty();
                problems.add(isList ? found.fix(Fix.replace(word.span(), parted.replaceAll(" +", " "))) : found);
            }
        }
    }

    private static Optional<String> hint(String name) {
        if (name.indexOf(',') >= 0) {
            return Optional.of("names stand apart with spaces alone");
        }
        if (name.equals("=")) {
            return Optional.of("names stand behind server_name without a sign: take it out");
        }
        if (name.indexOf('/') >= 0) {
            return Optional.of("write the host alone, without scheme and path");
        }
        return PORT.matcher(name).matches()
                ? Optional.of("the port stands in listen; write the host alone")
                : Optional.empty();
    }
}
