package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.name.UnitOptions;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.Confinement.Folder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Folders that are a unit's own, such as that of `RuntimeDirectory=`, in the words of its command lines. Where
/// the unit's root is another one the folders lie below that, and the words name them there as well.
final class OwnFolders {
    private record Moved(Pattern written, String real) {}

    private final List<Moved> moved = new ArrayList<>();

    private OwnFolders() {}

    static OwnFolders of(Collection<Folder> folders, UnitOptions options) {
        OwnFolders own = new OwnFolders();
        options.root().ifPresent(root -> folders.forEach(folder -> own.add(root, folder.path())));
        return own;
    }

    private void add(Path root, Path real) {
        if (real.startsWith(root)) {
            String written = "/" + root.relativize(real);
            moved.add(new Moved(
                    Pattern.compile("(?<![\\w./-])" + Pattern.quote(written) + "(?=$|[/:;,\\s'\"])"), real.toString()));
        }
    }

    List<Command> in(List<Command> commands) {
        return moved.isEmpty() ? commands : commands.stream().map(this::in).toList();
    }

    private Command in(Command command) {
        return new Command(
                command.program(),
                command.arguments().stream().map(this::in).toList(),
                command.failureIsIgnored(),
                command.variablesAreExpanded(),
                command.privileges(),
                command.origin());
    }

    private String in(String word) {
        String text = word;
        for (Moved one : moved) {
            text = one.written().matcher(text).replaceAll(Matcher.quoteReplacement(one.real()));
        }
        return text;
    }
}
