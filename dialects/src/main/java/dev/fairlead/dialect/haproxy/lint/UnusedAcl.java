package dev.fairlead.dialect.haproxy.lint;

import dev.fairlead.dialect.haproxy.scope.Configuration;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A test with a name that no condition asks for. Names hold in their own section only.
final class UnusedAcl implements LintRule {
    static final String ID = "lint.unused-acl";

    @Override
    public void look(Configuration configuration, Problems problems) {
        for (Proxy proxy : configuration.proxies()) {
            Map<String, Word> named = new LinkedHashMap<>();
            proxy.section().entries().stream()
                    .filter(entry -> entry.name().equals("acl"))
                    .forEach(entry -> named.putIfAbsent(entry.text(0), entry.arg(0)));
            Set<String> asked = asked(proxy);
            named.forEach((name, word) -> {
                if (!asked.contains(name)) {
                    problems.add(Diagnostic.warning(
                                    ID,
                                    word.span(),
                                    "no condition of " + proxy.section().shown() + " asks for \"" + name + "\"")
                            .hint("is it written in another way where it was meant? Tests hold in the section that they"
                                    + " stand in"));
                }
            });
        }
    }

    private static Set<String> asked(Proxy proxy) {
        return proxy.entries().stream()
                .filter(entry -> !entry.name().equals("acl"))
                .map(Entry::args)
                .flatMap(List::stream)
                .map(Word::text)
                .map(text -> text.startsWith("!") ? text.substring(1) : text)
                .collect(Collectors.toSet());
    }
}
