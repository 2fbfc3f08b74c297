package dev.fairlead.dialect.nginx;

import dev.fairlead.model.http.Settings;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Span;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A plan as stable text: every record by its components, spans left out, settings only where they differ from
/// the defaults of an empty configuration, upstreams and hosts in full where they are met first.
final class PlanText {
    private final StringBuilder out = new StringBuilder();
    private final IdentityHashMap<Object, Boolean> met = new IdentityHashMap<>();
    private final Settings usual = Conf.host("server { }").settings();

    private PlanText() {}

    static String of(Plan plan) {
        PlanText text = new PlanText();
        text.field("plan", plan, 0);
        return text.out.toString();
    }

    private void line(int depth, String name, String value) {
        out.repeat("  ", depth)
                .append(name)
                .append(value.isEmpty() ? "" : ": " + value)
                .append('\n');
    }

    private void field(String name, Object value, int depth) {
        switch (value) {
            case Span span -> {}
            case Optional<?> optional -> optional.ifPresent(inner -> field(name, inner, depth));
            case Collection<?> many -> collection(name, many, depth);
            case Map<?, ?> map -> map(name, map, depth);
            case Settings settings -> settings(name, settings, depth);
            case Upstream upstream
            when met.put(upstream, true) != null -> line(depth, name, "upstream \"" + upstream.name() + "\" (above)");
            case VirtualHost host
            when met.put(host, true) != null -> line(depth, name, "host \"" + host.firstName() + "\" (above)");
            default -> scalarOrRecord(name, value, depth);
        }
    }

    private void scalarOrRecord(String name, Object value, int depth) {
        String scalar = scalar(value);
        if (scalar != null) {
            line(depth, name, scalar);
            return;
        }
        line(depth, name, value.getClass().getSimpleName());
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            field(component.getName(), read(component, value), depth + 1);
        }
    }

    private static Object read(RecordComponent component, Object record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }

    private void collection(String name, Collection<?> many, int depth) {
        Collection<?> sorted = many instanceof java.util.Set<?> set
                ? new TreeSet<>(set.stream().map(String::valueOf).toList())
                : many;
        if (sorted.stream().allMatch(value -> scalar(value) != null)) {
            line(depth, name, sorted.stream().map(PlanText::scalar).toList().toString());
            return;
        }
        sorted.forEach(value -> field(name, value, depth));
    }

    private void map(String name, Map<?, ?> map, int depth) {
        if (map.size() > 20) {
            line(depth, name, map.size() + " entries");
            return;
        }
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(Objects.requireNonNullElse(scalar(key), String.valueOf(key)), value));
        line(depth, name, sorted.isEmpty() ? "{}" : "");
        sorted.forEach((key, value) -> field("\"" + key + "\"", value, depth + 1));
    }

    private void settings(String name, Settings settings, int depth) {
        line(depth, name, settings.equals(usual) ? "usual" : "");
        for (RecordComponent group : Settings.class.getRecordComponents()) {
            Object here = read(group, settings);
            Object there = read(group, usual);
            if (here.equals(there)) {
                continue;
            }
            line(depth + 1, group.getName(), "");
            for (RecordComponent component : here.getClass().getRecordComponents()) {
                Object value = read(component, here);
                if (!value.equals(read(component, there))) {
                    boolean emptied = value instanceof Optional<?> optional && optional.isEmpty();
                    field(component.getName(), emptied ? "(none)" : value, depth + 2);
                }
            }
        }
    }

    private static @Nullable String scalar(Object value) {
        return switch (value) {
            case String text -> "\"" + text.replace("\n", "\\n") + "\"";
            case Enum<?> constant -> constant.name();
            case Template template -> template(template);
            case Regex regex -> (regex.ignoreCase() ? "~* " : "~ ") + regex.pattern() + names(regex);
            case Address address -> address.text();
            case AddressRange.Block block -> block(block);
            case Variable variable -> variable(variable);
            case Record record ->
                record.getClass().getRecordComponents().length == 0
                        ? record.getClass().getSimpleName()
                        : null;
            default ->
                value instanceof Collection || value instanceof Map || value instanceof Optional
                        ? null
                        : value.toString();
        };
    }

    private static String names(Regex regex) {
        return regex.names().isEmpty()
                ? ""
                : " "
                        + regex.names().stream()
                                .map(group ->
                                        group.group() + "=" + group.variable().name())
                                .toList();
    }

    private static String block(AddressRange.Block block) {
        try {
            return InetAddress.getByAddress(block.network()).getHostAddress() + "/" + block.prefixLength();
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String template(Template template) {
        StringBuilder text = new StringBuilder("'");
        for (Template.Part part : template.parts()) {
            switch (part) {
                case Template.Part.Literal literal -> text.append(literal.text().replace("\n", "\\n"));
                case Template.Part.Reference reference ->
                    text.append("${").append(variable(reference.variable())).append('}');
            }
        }
        return text.append('\'').toString();
    }

    private static String variable(Variable variable) {
        return switch (variable) {
            case Variable.Builtin builtin -> builtin.attribute().name();
            case Variable.RequestHeader header -> "request header " + header.name();
            case Variable.ResponseHeader header -> "response header " + header.name();
            case Variable.ResponseTrailer trailer -> "response trailer " + trailer.name();
            case Variable.UpstreamHeader header -> "upstream header " + header.name();
            case Variable.UpstreamTrailer trailer -> "upstream trailer " + trailer.name();
            case Variable.UpstreamCookie cookie -> "upstream cookie " + cookie.name();
            case Variable.Cookie cookie -> "cookie " + cookie.name();
            case Variable.QueryArgument argument -> "argument " + argument.name();
            case Variable.Capture capture -> "group " + capture.group();
            case Variable.Custom custom -> "custom " + custom.name();
            case Variable.Lookup lookup -> "lookup " + name(lookup.table());
            case Variable.FieldMember other -> other.toString();
            case Variable.FieldLine other -> other.toString();
            case Variable.FieldCount other -> other.toString();
            case Variable.FieldNames other -> other.toString();
            case Variable.FieldText other -> other.toString();
            case Variable.OfConnection other -> other.toString();
            case Variable.OfProcess other -> other.toString();
            case Variable.Composed other -> other.toString();
            case Variable.Converted other -> other.toString();
            case Variable.TableNumber other -> other.toString();
            case Variable.TableNumberAfter other -> other.toString();
            case Variable.TableEntries other -> other.toString();
            case Variable.RandomNumber other -> other.toString();
            case Variable.Answer other -> other.toString();
            case Variable.OfUpstream other -> other.toString();
            case Variable.OfServer other -> other.toString();
            case Variable.OfFront other -> other.toString();
        };
    }

    private static String name(LookupTable table) {
        return table.name();
    }
}
