package dev.fairlead.admin.command;

import dev.fairlead.engine.text.LiveList;
import dev.fairlead.model.roster.CommandSocket.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Lists of patterns and maps that the configuration reads from files: what is in them, and changes that hold
/// until the configuration is read anew.
final class ListCommands {
    private static final String NO_KEY = "Key not found.\n";

    private final Steered steered;

    ListCommands(Steered steered) {
        this.steered = steered;
    }

    List<Command> rows() {
        List<Command> rows = new ArrayList<>();
        for (boolean isMap : List.of(false, true)) {
            String what = isMap ? " map <map>" : " acl <acl>";
            String noun = isMap ? "map" : "list";
            rows.add(Command.of("show" + what, Level.USER, noun + "s, or what is in one", show(isMap)));
            rows.add(Command.of("get" + what + " <text>", Level.USER, "look a text up in a " + noun, get(isMap)));
            rows.add(Command.of("add" + what + " <key>", Level.ADMIN, "add to a " + noun, add(isMap)));
            rows.add(Command.of("del" + what + " <key>", Level.ADMIN, "take out of a " + noun, delete(isMap)));
            rows.add(Command.of("clear" + what, Level.ADMIN, "empty a " + noun, clear(isMap)));
        }
        rows.add(Command.of("set map <map> <key> <value>", Level.ADMIN, "change a value of a map", this::set));
        return rows;
    }

    private static String name(boolean isMap) {
        return isMap ? "map" : "ACL";
    }

    private List<LiveList> all() {
        return steered.engine().lists().all();
    }

    /// By its file, or by `#` and its number.
    private Optional<LiveList> list(String id, boolean isMap) {
        List<LiveList> all = all();
        return IntStream.range(0, all.size())
                .filter(i -> all.get(i).isMap() == isMap)
                .filter(i -> id.equals("#" + i) || id.equals(all.get(i).name()))
                .mapToObj(all::get)
                .findFirst();
    }

    /// What a command does with a list.
    private interface Task {
        String on(LiveList list);
    }

    private String with(String id, boolean isMap, Task task) {
        Optional<LiveList> list = list(id, isMap);
        return list.isPresent()
                ? task.on(list.get())
                : "Unknown " + name(isMap) + " identifier. Please use #<id> or <file>.\n";
    }

    private Command.Action show(boolean isMap) {
        return (line, session) -> line.count() == 0 ? overview(isMap) : with(line.arg(0), isMap, ListCommands::shown);
    }

    private String overview(boolean isMap) {
        StringBuilder out = new StringBuilder("# id (file) description\n");
        List<LiveList> all = all();
        for (int i = 0; i < all.size(); i++) {
            LiveList list = all.get(i);
            if (list.isMap() == isMap) {
                out.append(i + " (" + list.name() + ") pattern loaded from file '" + list.name() + "' used by "
                        + (isMap ? "map" : "acl") + (list.place().isEmpty() ? "" : " at " + list.place())
                        + ". curr_ver=0 next_ver=0 entry_cnt=" + list.entries().size() + "\n");
            }
        }
        return out.toString();
    }

    private static String shown(LiveList list) {
        StringBuilder out = new StringBuilder();
        for (LiveList.Entry entry : list.entries()) {
            out.append(reference(entry)).append(' ').append(entry.key());
            if (list.isMap()) {
                out.append(' ').append(entry.value());
            }
            out.append('\n');
        }
        return out.toString();
    }

    /// What an entry is called by commands that mean it alone.
    private static String reference(LiveList.Entry entry) {
        return "0x" + Integer.toHexString(System.identityHashCode(entry));
    }

    private Command.Action get(boolean isMap) {
        return (line, session) -> {
            if (line.count() < 2) {
                return "Missing " + name(isMap) + " identifier and/or key.\n";
            }
            return with(line.arg(0), isMap, list -> found(list, line.arg(1)));
        };
    }

    private static String found(LiveList list, String text) {
        StringBuilder out = new StringBuilder();
        for (LiveList.Finding finding : list.find(text)) {
            boolean isTree =
                    !finding.ignoresCase() && List.of("str", "beg", "ip").contains(finding.type());
            out.append("type=" + finding.type() + ", case=" + (finding.ignoresCase() ? "insensitive" : "sensitive")
                    + (list.isMap() ? ", found=" : ", match=")
                    + (finding.entry().isPresent() ? "yes" : "no"));
            finding.entry()
                    .ifPresent(entry -> out.append(", idx=" + (isTree ? "tree" : "list")
                            + (list.isMap()
                                    ? ", key=\"" + entry.key() + "\", value=\"" + entry.value() + "\", type=\"str\""
                                    : ", pattern=\"" + entry.key() + "\"")));
            out.append('\n');
        }
        return out.toString();
    }

    private Command.Action add(boolean isMap) {
        return (line, session) -> {
            if (line.count() < (isMap ? 3 : 2)) {
                return isMap
                        ? "'add map' expects three parameters (map identifier, key and value) or one parameter (map"
                                + " identifier) and a payload\n"
                        : "'add acl' expects two parameters: ACL identifier and pattern.\n";
            }
            LiveList.Entry entry = new LiveList.Entry(line.arg(1), isMap ? line.arg(2) : "");
            return with(
                    line.arg(0),
                    isMap,
                    list -> change(list, entries -> {
                        entries.add(entry);
                        return entries;
                    }));
        };
    }

    private Command.Action delete(boolean isMap) {
        return (line, session) -> {
            if (line.count() < 2) {
                return "This command expects two parameters: " + name(isMap) + " identifier and key.\n";
            }
            return with(
                    line.arg(0),
                    isMap,
                    list -> has(list, line.arg(1))
                            ? change(list, entries -> {
                                entries.removeIf(entry -> isMeant(entry, line.arg(1)));
                                return entries;
                            })
                            : NO_KEY);
        };
    }

    private Command.Action clear(boolean isMap) {
        return (line, session) -> line.count() == 0
                ? "Missing " + name(isMap) + " identifier.\n"
                : with(line.arg(0), isMap, list -> change(list, entries -> List.of()));
    }

    private String set(Command.Line line, Session session) {
        if (line.count() < 3) {
            return "'set map' expects three parameters: map identifier, key and value.\n";
        }
        return with(
                line.arg(0),
                true,
                list -> has(list, line.arg(1))
                        ? change(list, entries -> {
                            entries.replaceAll(entry ->
                                    isMeant(entry, line.arg(1)) ? new LiveList.Entry(entry.key(), line.arg(2)) : entry);
                            return entries;
                        })
                        : "entry not found.\n");
    }

    private static boolean has(LiveList list, String key) {
        return list.entries().stream().anyMatch(entry -> isMeant(entry, key));
    }

    private static boolean isMeant(LiveList.Entry entry, String key) {
        return entry.key().equals(key) || key.equals("#" + reference(entry));
    }

    private static String change(LiveList list, UnaryOperator<List<LiveList.Entry>> change) {
        try {
            list.replace(change.apply(new ArrayList<>(list.entries())));
            return "";
        } catch (IllegalArgumentException bad) {
            return bad.getMessage() + "\n";
        }
    }
}
