package dev.fairlead.dialect.pound;

import dev.fairlead.model.http.FieldEdit;
import dev.fairlead.model.http.ResponseRule;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.NumberRange;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.model.text.Variable.Side;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// `CombineHeaders`: fields that come several times are made one, their values with commas between them.
final class CombinedFields {
    private CombinedFields() {}

    static List<Rule> ofRequests(Program program) {
        return names(program)
                .map(name -> (Rule) new Rule.When(
                        isThereAgain(Side.REQUEST, name),
                        List.of(new Rule.EditField(whole(name, new Variable.RequestHeader(lower(name))), name.span())),
                        Optional.empty(),
                        name.span()))
                .toList();
    }

    static List<ResponseRule> ofResponses(Program program) {
        return names(program)
                .map(name -> (ResponseRule) new ResponseRule.When(
                        isThereAgain(Side.RESPONSE, name),
                        List.of(new ResponseRule.EditField(
                                whole(name, new Variable.ResponseHeader(lower(name))), name.span())),
                        name.span()))
                .toList();
    }

    private static Stream<Word> names(Program program) {
        return program.all().each("CombineHeaders").stream()
                .flatMap(block -> block.children().stream())
                .flatMap(line -> line.args().stream());
    }

    private static String lower(Word name) {
        return name.text().toLowerCase(Locale.ROOT);
    }

    private static FieldEdit whole(Word name, Variable all) {
        return new FieldEdit.Set(name.text(), Template.of(all, name.span()));
    }

    private static Condition isThereAgain(Side side, Word name) {
        Variable count = new Variable.FieldCount(side, lower(name), false);
        return new Condition.InNumbers(
                Template.of(count, name.span()), List.of(new NumberRange(2, Long.MAX_VALUE)), false);
    }
}
