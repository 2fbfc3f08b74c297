package dev.fairlead.dialect.haproxy.table;

import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.DirectiveTable;
import dev.fairlead.dialect.Support;
import dev.fairlead.unit.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All keywords. A keyword is one to three words; what an action names in parentheses is not part of it.
public final class HaproxyTable {
    private static final int MOST_WORDS = 3;
    private static final DirectiveTable<Context, Keeping> TABLE = new DirectiveTable<>(
            Stream.of(GlobalRows.rows(), ProxyRows.rows(), OptionRows.rows(), RuleRows.rows(), SectionRows.rows())
                    .map(Rows::all)
                    .flatMap(Collection::stream)
                    .toList());

    private HaproxyTable() {}

    /// A row and how many words of the line are its name.
    public record Found(Directive<Context, Keeping> row, int words) {}

    /// The row with the longest name that the words start with.
    public static Optional<Found> find(List<String> words, Context context) {
        for (int count = Math.min(MOST_WORDS, words.size()); count > 0; count--) {
            Optional<Directive<Context, Keeping>> row = TABLE.find(name(words, count), context);
            if (row.isPresent()) {
                return Optional.of(new Found(row.get(), count));
            }
        }
        return Optional.empty();
    }

    /// The sections in which a keyword may stand, where it is one at all.
    public static List<Context> contexts(List<String> words) {
        for (int count = Math.min(MOST_WORDS, words.size()); count > 0; count--) {
            List<Directive<Context, Keeping>> rows = TABLE.named(name(words, count));
            if (!rows.isEmpty()) {
                return rows.stream()
                        .flatMap(row -> row.contexts().stream())
                        .distinct()
                        .sorted()
                        .toList();
            }
        }
        return List.of();
    }

    /// What stands in parentheses belongs to the last word of a name.
    private static String name(List<String> words, int count) {
        String last = words.get(count - 1);
        int parenthesis = last.indexOf('(');
        String bare = parenthesis < 0 ? last : last.substring(0, parenthesis);
        if (bare.startsWith("lua.")) {
            bare = "lua";
        }
        return count == 1 ? bare : String.join(" ", words.subList(0, count - 1)) + " " + bare;
    }

    /// Whether keywords of several words that may stand in a section start with this one.
    public static boolean isFamily(String word, Context context) {
        return TABLE.rows().stream()
                .anyMatch(row ->
                        row.name().startsWith(word + " ") && row.contexts().contains(context));
    }

    /// What the words of a line were probably meant to be.
    public static Optional<String> suggest(String name, Context context) {
        int space = name.lastIndexOf(' ');
        if (space < 0) {
            boolean isOption = TABLE.find("option " + name, context).isPresent();
            return isOption ? Optional.of("option " + name) : Suggestion.nearest(name, firstWords(context));
        }
        // Of a family only the last word counts.
        String family = name.substring(0, space + 1);
        List<String> members = TABLE.rows().stream()
                .filter(row -> row.contexts().contains(context) && row.name().startsWith(family))
                .map(row -> row.name().substring(family.length()))
                .toList();
        return Suggestion.nearest(name.substring(space + 1), members).map(near -> family + near);
    }

    /// Keywords, and of those in families what they begin with.
    private static Set<String> firstWords(Context context) {
        return TABLE.rows().stream()
                .filter(row -> row.contexts().contains(context))
                .map(row -> row.name().split(" ", 2)[0])
                .collect(Collectors.toSet());
    }

    public static Support support(Context section) {
        return SectionRows.support(section);
    }

    public static List<Directive<Context, Keeping>> rows() {
        return TABLE.rows();
    }
}
