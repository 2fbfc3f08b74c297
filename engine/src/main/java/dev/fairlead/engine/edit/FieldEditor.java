package dev.fairlead.engine.edit;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.match.TextIndex;
import dev.fairlead.engine.text.Expression;
import dev.fairlead.engine.text.Members;
import dev.fairlead.model.http.FieldEdit;
import dev.fairlead.model.text.TextSet;
import java.util.function.IntPredicate;

/// A compiled change of header fields.
@FunctionalInterface
public interface FieldEditor {
    void apply(Exchange exchange, Fields fields);

    static FieldEditor compile(FieldEdit edit, CompileContext context) {
        return switch (edit) {
            case FieldEdit.Set set -> {
                FieldName name = FieldName.of(Text.bytes(set.name()));
                Text value = context.text(set.value());
                yield (exchange, fields) -> fields.set(name, value.of(exchange));
            }
            case FieldEdit.Add add -> {
                FieldName name = FieldName.of(Text.bytes(add.name()));
                Text value = context.text(add.value());
                yield (exchange, fields) -> fields.add(name, value.of(exchange));
            }
            case FieldEdit.Remove remove -> remove(remove.names(), context);
            case FieldEdit.Replace replace -> replace(replace, context);
        };
    }

    private static FieldEditor remove(FieldEdit.Names names, CompileContext context) {
        return switch (names) {
            case FieldEdit.Names.Named(String text) -> {
                FieldName name = FieldName.of(Text.bytes(text));
                yield (exchange, fields) -> fields.remove(name);
            }
            case FieldEdit.Names.Like(TextSet set) -> {
                TextIndex index = TextIndex.of(set.how(), true, set.texts());
                yield (exchange, fields) -> removeWhere(
                        fields,
                        field -> index.find(fields.bytes(), fields.nameStart(field), fields.nameEnd(field)) >= 0);
            }
            case FieldEdit.Names.Matching(var regex) -> {
                Expression expression = Expression.compile(regex, context.problems());
                yield (exchange, fields) ->
                        removeWhere(fields, field -> expression.test(Text.lowerCase(fields.name(field))));
            }
        };
    }

    private static void removeWhere(Fields fields, IntPredicate isMeant) {
        for (int field = 0; field < fields.size(); field++) {
            if (fields.isPresent(field) && isMeant.test(field)) {
                fields.remove(field);
            }
        }
    }

    private static FieldEditor replace(FieldEdit.Replace replace, CompileContext context) {
        FieldName name = FieldName.of(Text.bytes(replace.name()));
        Expression expression = Expression.compile(replace.regex(), context.problems());
        Text replacement = context.text(replace.replacement());
        boolean eachOfList = replace.eachOfList();
        return (exchange, fields) -> {
            for (int field = fields.first(name); field >= 0; field = fields.next(name, field)) {
                String value = fields.value(field);
                String changed = eachOfList
                        ? Members.mapped(value, member -> changed(member, expression, replacement, exchange))
                        : changed(value, expression, replacement, exchange);
                if (!changed.equals(value)) {
                    fields.value(field, changed);
                }
            }
        };
    }

    private static String changed(String value, Expression expression, Text replacement, Exchange exchange) {
        return expression.find(value, exchange) ? replacement.of(exchange) : value;
    }
}
