package dev.fairlead.cli.lint;

import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.NumberRange;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.TextSet;
import dev.fairlead.model.text.Variable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Whether one condition holds wherever another does. Yes is certain; no is not.
final class Covers {
    private Covers() {}

    /// @param wide asked of the same request just before
    static boolean all(Condition wide, Condition narrow) {
        return plainly(wide.plain(), narrow.plain());
    }

    private static boolean plainly(Condition wide, Condition narrow) {
        if (wide.equals(new Condition.Always(true))) {
            return true;
        }
        if (!isSteady(wide)) {
            return false;
        }
        if (wide.equals(narrow)) {
            return true;
        }
        if (narrow instanceof Condition.AnyOf(List<Condition> parts)) {
            return !parts.isEmpty() && parts.stream().allMatch(part -> plainly(wide, part));
        }
        if (wide instanceof Condition.AllOf(List<Condition> parts)) {
            return parts.stream().allMatch(part -> plainly(part, narrow));
        }
        if (wide instanceof Condition.AnyOf(List<Condition> parts)
                && parts.stream().anyMatch(part -> plainly(part, narrow))) {
            return true;
        }
        if (narrow instanceof Condition.AllOf(List<Condition> parts)) {
            return parts.stream().anyMatch(part -> plainly(wide, part));
        }
        return isWithin(wide, narrow);
    }

    private static boolean isWithin(Condition wide, Condition narrow) {
        if (wide instanceof Condition.OneOf(Template value, TextSet set, boolean eachOfList)
                && narrow instanceof Condition.OneOf(Template other, TextSet less, boolean otherList)) {
            return value.equals(other)
                    && eachOfList == otherList
                    && (set.ignoreCase() || !less.ignoreCase())
                    && less.texts().stream().allMatch(text -> isFound(text, less.how(), set));
        }
        if (wide instanceof Condition.InNetworks(Template value, List<AddressRange> ranges, boolean eachOfList)
                && narrow instanceof Condition.InNetworks(Template other, List<AddressRange> less, boolean otherList)) {
            return value.equals(other)
                    && eachOfList == otherList
                    && less.stream().allMatch(one -> ranges.stream().anyMatch(range -> isWithin(range, one)));
        }
        if (wide instanceof Condition.InNumbers(Template value, List<NumberRange> ranges, boolean eachOfList)
                && narrow instanceof Condition.InNumbers(Template other, List<NumberRange> less, boolean otherList)) {
            return value.equals(other) && eachOfList == otherList && ranges.containsAll(less);
        }
        return narrow instanceof Condition.OneOf(Template value, TextSet set, boolean eachOfList)
                && wide instanceof Condition.Present(Variable variable)
                && value.equals(Template.of(variable, value.origin()))
                && !set.texts().isEmpty();
    }

    private static boolean isFound(String text, TextSet.How narrow, TextSet in) {
        String sought = in.ignoreCase() ? text.toLowerCase(Locale.ROOT) : text;
        Stream<String> texts = in.texts().stream().map(one -> in.ignoreCase() ? one.toLowerCase(Locale.ROOT) : one);
        return switch (in.how()) {
            case EXACT -> narrow == TextSet.How.EXACT && texts.anyMatch(sought::equals);
            case PREFIX -> isWhole(narrow, TextSet.How.PREFIX) && texts.anyMatch(sought::startsWith);
            case SUFFIX -> isWhole(narrow, TextSet.How.SUFFIX) && texts.anyMatch(sought::endsWith);
            case SUBSTRING ->
                !Set.of(TextSet.How.DIRECTORY, TextSet.How.DOMAIN).contains(narrow) && texts.anyMatch(sought::contains);
            case DIRECTORY, DOMAIN -> narrow == in.how() && texts.anyMatch(sought::equals);
        };
    }

    private static boolean isWhole(TextSet.How narrow, TextSet.How end) {
        return narrow == TextSet.How.EXACT || narrow == end;
    }

    private static boolean isWithin(AddressRange wide, AddressRange narrow) {
        return switch (wide) {
            case AddressRange.Everyone everyone -> true;
            case AddressRange.UnixClients clients -> narrow instanceof AddressRange.UnixClients;
            case AddressRange.Block block ->
                narrow instanceof AddressRange.Block other
                        && other.prefixLength() >= block.prefixLength()
                        && block.contains(other.network());
        };
    }

    /// Whether it has the same answer when it is asked twice in a row. What is drawn or counted has not.
    private static boolean isSteady(Condition condition) {
        return switch (condition) {
            case Condition.AllOf(List<Condition> parts) -> parts.stream().allMatch(Covers::isSteady);
            case Condition.AnyOf(List<Condition> parts) -> parts.stream().allMatch(Covers::isSteady);
            case Condition.Not(Condition part) -> isSteady(part);
            case Condition.IsTrue(Template value) -> isSteady(value);
            case Condition.Same(Template left, Template right) -> isSteady(left) && isSteady(right);
            case Condition.Matches matches -> isSteady(matches.value());
            case Condition.FindsAny finds -> isSteady(finds.value());
            case Condition.OneOf one -> isSteady(one.value());
            case Condition.InNetworks in -> isSteady(in.address());
            case Condition.InNumbers in -> isSteady(in.value());
            case Condition.Present(Variable variable) -> isSteady(variable);
            case Condition.Authenticated authenticated -> true;
            case Condition.FileTest test -> isSteady(test.path());
            case Condition.Stated stated -> isSteady(stated.condition());
            case Condition.Listed listed -> isSteady(listed.condition());
            case Condition.Always always -> true;
        };
    }

    private static boolean isSteady(Template template) {
        return template.parts().stream()
                .allMatch(part -> !(part instanceof Template.Part.Reference(Variable variable)) || isSteady(variable));
    }

    private static boolean isSteady(Variable variable) {
        if (variable instanceof Variable.Converted(Variable of, var how)) {
            return isSteady(of);
        }
        if (variable instanceof Variable.Composed(Template template)) {
            return isSteady(template);
        }
        if (variable instanceof Variable.Answer(Condition condition)) {
            return isSteady(condition);
        }
        return !(variable instanceof Variable.RandomNumber
                || variable instanceof Variable.TableNumber
                || variable instanceof Variable.TableNumberAfter
                || variable instanceof Variable.OfUpstream
                || variable instanceof Variable.OfServer);
    }
}
