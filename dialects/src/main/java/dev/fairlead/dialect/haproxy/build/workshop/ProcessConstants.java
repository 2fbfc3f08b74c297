package dev.fairlead.dialect.haproxy.build.workshop;

import dev.fairlead.dialect.haproxy.sample.Expression;
import dev.fairlead.dialect.haproxy.sample.ExpressionReader;
import dev.fairlead.dialect.haproxy.sample.LogFormat;
import dev.fairlead.dialect.haproxy.sample.LogKind;
import dev.fairlead.dialect.haproxy.sample.Samples;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Misread;
import dev.fairlead.model.text.Template;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `set-var` and `set-var-fmt` of `global`: variables of the process that have a value before any rule sets them.
/// What such a line says does not change while the program runs.
public final class ProcessConstants {
    private static final Set<String> CONSTANTS =
            Set.of("bin", "bool", "env", "hostname", "int", "ipv4", "ipv6", "meth", "nbproc", "str");

    private final Workshop workshop;
    private final Map<String, Template> values = new HashMap<>();
    private boolean isRead;

    ProcessConstants(Workshop workshop) {
        this.workshop = workshop;
    }

    /// Reads them all, once.
    ///
    /// @param scene whichever: constants are the same in all
    public void read(Scene scene) {
        if (isRead) {
            return;
        }
        isRead = true;
        for (Entry entry : workshop.globals().each("set-var", "set-var-fmt")) {
            String name = entry.text(0);
            if (name.startsWith("proc.")) {
                value(entry, scene).ifPresent(value -> values.put(name, value));
            } else {
                problem(entry.arg(0), "invalid variable '" + name + "': in 'global' a name starts with 'proc.'");
            }
        }
    }

    /// The value that a variable has from the start.
    Optional<Template> of(String name, Scene scene) {
        read(scene);
        return Optional.ofNullable(values.get(name));
    }

    private Optional<Template> value(Entry entry, Scene scene) {
        Word word = entry.arg(1);
        try {
            if (entry.name().equals("set-var-fmt")) {
                return Optional.of(LogFormat.template(word.text(), word.span(), scene, LogKind.TEXT));
            }
            Expression expression = ExpressionReader.read(word.text(), word.span());
            if (!CONSTANTS.contains(expression.fetch().name())) {
                problem(word, "'" + expression.fetch().name() + "' is no constant: 'set-var' of 'global' needs one");
                return Optional.empty();
            }
            return Optional.of(Samples.make(expression, scene).template(word.span()));
        } catch (IllegalArgumentException bad) {
            workshop.problems().add(Misread.told("haproxy.rule", word.span(), "", bad));
            return Optional.empty();
        }
    }

    private void problem(Word word, String message) {
        workshop.problems().error("haproxy.rule", word.span(), message);
    }
}
