package dev.fairlead.dialect;

import dev.fairlead.model.service.UnitSource;
import dev.fairlead.source.Span;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// Model values as indented text, leaving out what is empty, so that a golden file shows what was said.
public final class Dump {
    private final StringBuilder out = new StringBuilder();

    private Dump() {}

    public static String of(Object value) {
        Dump dump = new Dump();
        dump.fields(value, "");
        return dump.out.toString();
    }

    private void fields(Object record, String indent) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                field(component.getName(), component.getAccessor().invoke(record), indent);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private void field(String name, Object value, String indent) {
        switch (value) {
            case Span _, Path _ when name.equals("origin") -> {}
            case Span _, UnitSource _ -> {}
            case Optional<?> optional -> optional.ifPresent(present -> field(name, present, indent));
            case OptionalInt number -> number.ifPresent(present -> line(indent, name + " = " + present));
            case Map<?, ?> map -> new TreeMap<>(map).forEach((key, one) -> field(name + "." + key, one, indent));
            case Set<?> all -> collection(name, inOrder(all), indent);
            case Collection<?> all -> collection(name, all, indent);
            case String text -> line(indent, name + " = «" + text + "»");
            case Duration duration -> line(indent, name + " = " + duration);
            case Record record
            when record.getClass().getRecordComponents().length == 0 ->
                line(indent, name + " = " + record.getClass().getSimpleName());
            case Record record -> {
                line(indent, name + ": " + record.getClass().getSimpleName());
                fields(record, indent + "  ");
            }
            default -> line(indent, name + " = " + value);
        }
    }

    /// Immutable sets have another order in each run.
    private static List<?> inOrder(Set<?> all) {
        return all.stream().sorted(Comparator.comparing(Object::toString)).toList();
    }

    private void collection(String name, Collection<?> all, String indent) {
        boolean isPlain = all.stream().noneMatch(Record.class::isInstance);
        if (isPlain && !all.isEmpty()) {
            line(
                    indent,
                    name + " = "
                            + all.stream()
                                    .map(Object::toString)
                                    .map(text -> "«" + text + "»")
                                    .toList());
        } else {
            all.forEach(one -> field(name, one, indent));
        }
    }

    private void line(String indent, String text) {
        out.append(indent).append(text).append('\n');
    }
}
