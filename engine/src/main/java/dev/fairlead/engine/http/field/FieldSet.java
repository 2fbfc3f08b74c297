package dev.fairlead.engine.http.field;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// A set of field names that is asked often and changed never.
public final class FieldSet {
    private final boolean[] known;
    private final FieldName[] others;

    private FieldSet(Collection<FieldName> names) {
        known = new boolean[FieldName.knownCount()];
        List<FieldName> rest = new ArrayList<>();
        for (FieldName name : names) {
            if (name.id() == FieldName.OTHER) {
                rest.add(name);
            } else {
                known[name.id()] = true;
            }
        }
        others = rest.toArray(FieldName[]::new);
    }

    public static FieldSet of(FieldName... names) {
        return new FieldSet(List.of(names));
    }

    public static FieldSet of(Collection<FieldName> names) {
        return new FieldSet(names);
    }

    /// @param id the known id, or [FieldName#OTHER]
    boolean contains(int id, byte[] bytes, int nameStart, int nameEnd) {
        if (id != FieldName.OTHER) {
            return known[id];
        }
        for (FieldName name : others) {
            if (name.matches(bytes, nameStart, nameEnd)) {
                return true;
            }
        }
        return false;
    }

    public boolean contains(Fields fields, int field) {
        int start = fields.nameStart(field);
        int end = fields.nameEnd(field);
        return contains(FieldName.idOf(fields.bytes(), start, end), fields.bytes(), start, end);
    }

    public boolean contains(FieldName name) {
        return contains(name.id(), name.bytes(), 0, name.bytes().length);
    }
}
