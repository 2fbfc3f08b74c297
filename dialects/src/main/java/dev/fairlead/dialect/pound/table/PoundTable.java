package dev.fairlead.dialect.pound.table;

import dev.fairlead.dialect.Directive;
import dev.fairlead.unit.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All directives of Pound. Case does not matter in their names.
public final class PoundTable {
    /// The statuses that listeners may have pages of their own for.
    public static final List<Integer> ERRORS = List.of(400, 401, 403, 404, 405, 408, 413, 414, 500, 501, 503);

    private static final List<Directive<Context, Shape>> ROWS = rowsOfAll();

    private PoundTable() {}

    private static List<Directive<Context, Shape>> rowsOfAll() {
        List<Directive<Context, Shape>> rows = new ArrayList<>();
        rows.addAll(GlobalRows.rows());
        rows.addAll(ListenerRows.rows());
        rows.addAll(ServiceRows.rows());
        rows.addAll(BackendRows.rows());
        return List.copyOf(rows);
    }

    static List<Directive<Context, Shape>> rows() {
        return ROWS;
    }

    public static Optional<Directive<Context, Shape>> find(String name, Context context) {
        return ROWS.stream()
                .filter(row -> row.name().equalsIgnoreCase(name))
                .filter(row -> row.contexts().contains(context))
                .findFirst();
    }

    /// Whether lines up to an `End` follow the name alone.
    public static boolean isBlock(String name) {
        return ROWS.stream().anyMatch(row -> row.name().equalsIgnoreCase(name) && row.setter() != Shape.LINE);
    }

    /// Whether a line with that directive and so many arguments begins a block, wherever it stands.
    public static boolean opens(String name, int arguments) {
        return ROWS.stream()
                .filter(row -> row.name().equalsIgnoreCase(name))
                .anyMatch(row -> isBlock(row.setter(), arguments));
    }

    public static boolean isBlock(Shape shape, int arguments) {
        return switch (shape) {
            case LINE -> false;
            case BLOCK -> true;
            case BLOCK_UNLESS_NAMED -> arguments == 0;
            case BLOCK_UNLESS_FILE -> arguments < 2;
        };
    }

    /// Where a directive of that name may stand, as words.
    public static List<String> places(String name) {
        return ROWS.stream()
                .filter(row -> row.name().equalsIgnoreCase(name))
                .flatMap(row -> row.contexts().stream())
                .sorted()
                .map(Context::words)
                .distinct()
                .toList();
    }

    /// The known name nearest to an unknown one, preferring those that may stand there.
    public static Optional<String> suggest(String name, Context context) {
        List<String> here = ROWS.stream()
                .filter(row -> row.contexts().contains(context))
                .map(Directive::name)
                .toList();
        return Suggestion.nearest(name, here)
                .or(() -> Suggestion.nearest(
                        name, ROWS.stream().map(Directive::name).toList()));
    }
}
