package dev.fairlead.dialect.haproxy.build.workshop;

import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.syntax.Line;
import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Ids of requests as `unique-id-format` makes them: once for a request, however often it is asked for.
public final class RequestIds {
    private final IdentityHashMap<Entry, Variable> made = new IdentityHashMap<>();

    public Variable of(Entry format, Scene scene) {
        Variable known = made.get(format);
        if (known == null) {
            Template id =
                    new Formats(scene, scene.problems()).format(format.arg(0).withText(Line.joined(format.args())));
            known = new Variable.Lookup(new LookupTable.ByText(
                    "unique-id",
                    Template.constant("", format.origin()),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    Optional.of(id),
                    false,
                    false,
                    format.origin()));
            made.put(format, known);
        }
        return known;
    }
}
