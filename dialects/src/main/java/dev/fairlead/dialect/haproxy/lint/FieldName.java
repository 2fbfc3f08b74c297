package dev.fairlead.dialect.haproxy.lint;

import dev.fairlead.dialect.haproxy.scope.Configuration;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Section;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Fix;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.util.Set;

/// `http-request set-header X-Forwarded-Proto: https` makes a field that is called `X-Forwarded-Proto:`, which
/// nobody looks for.
final class FieldName implements LintRule {
    static final String ID = "lint.field-name";

    private static final Set<String> RULES = Set.of("http-request", "http-response", "http-after-response");
    private static final Set<String> NAMING = Set.of("set-header", "add-header", "del-header", "replace-header");

    @Override
    public void look(Configuration configuration, Problems problems) {
        for (Section section : configuration.sections()) {
            section.entries().forEach(entry -> look(entry, problems));
        }
    }

    private static void look(Entry entry, Problems problems) {
        String[] words = entry.name().split(" ", 2);
        boolean names = words.length == 2 && RULES.contains(words[0]) && NAMING.contains(words[1]);
        if (names && entry.text(0).endsWith(":")) {
            Span span = entry.arg(0).span();
            String right = entry.text(0).substring(0, entry.text(0).length() - 1);
            problems.add(Diagnostic.warning(ID, span, "the field is called \"" + entry.text(0) + "\", colon and all")
                    .hint("the colon is not part of a name: " + entry.name() + " " + right)
                    .fix(Fix.replace(span, right)));
        }
    }
}
