package dev.fairlead.dialect;

import dev.fairlead.model.http.Forward;
import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The fields of a request that are about one connection, for balancers that pass a client's wish for another
/// protocol on (RFC 9110, section 7.8).
public final class HopFields {
    private HopFields() {}

    /// Connection and Upgrade towards a server: the client's wish, or what `otherwise` says.
    ///
    /// @param connection the first field's name as it is written
    /// @param upgrade the second's
    /// @param otherwise the value of Connection without a wish; empty for no field
    public static List<Forward.FieldAssignment> passingUpgrades(String connection, String upgrade, String otherwise) {
        Span at = Span.builtIn();
        Template wish = Template.of(new Variable.RequestHeader("upgrade"), at);
        Variable value = new Variable.Lookup(new LookupTable.ByText(
                "connection",
                wish,
                Map.of("", Template.constant(otherwise, at)),
                Map.of(),
                Map.of(),
                List.of(),
                Optional.of(Template.constant("Upgrade", at)),
                false,
                false,
                at));
        return List.of(
                new Forward.FieldAssignment(connection, Template.of(value, at), at),
                new Forward.FieldAssignment(upgrade, wish, at));
    }
}
