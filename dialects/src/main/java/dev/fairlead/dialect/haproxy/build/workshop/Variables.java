package dev.fairlead.dialect.haproxy.build.workshop;

import dev.fairlead.model.text.Variable;
import java.util.LinkedHashMap;
import java.util.Map;

/// The variables that rules set, by their whole names: `txn.user`, `sess.count`, `proc.limit`.
public final class Variables {
    private final Map<String, Variable> known = new LinkedHashMap<>();
    private int requestSlots;
    private int connectionSlots;

    /// @throws IllegalArgumentException if the name has no scope
    Variable named(String name) {
        return known.computeIfAbsent(name, this::make);
    }

    private Variable make(String name) {
        int dot = name.indexOf('.');
        String scope = dot < 0 ? name : name.substring(0, dot);
        String rest = name.substring(dot + 1);
        boolean isName = dot > 0
                && !rest.isEmpty()
                && rest.chars().allMatch(c -> c == '_' || c == '.' || Character.isLetterOrDigit(c));
        return switch (isName ? scope : "") {
            case "txn", "req", "res" -> new Variable.Custom(name, requestSlots++);
            case "sess" -> new Variable.OfConnection(name, connectionSlots++);
            case "proc" -> new Variable.OfProcess(name);
            default ->
                throw new IllegalArgumentException("invalid variable name '" + name
                        + "': a name starts with its scope, one of 'proc.', 'sess.', 'txn.', 'req.', 'res.'");
        };
    }

    public int requestSlots() {
        return requestSlots;
    }
}
