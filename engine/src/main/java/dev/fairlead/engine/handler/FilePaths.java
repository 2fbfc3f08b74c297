package dev.fairlead.engine.handler;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.text.Template;
import dev.fairlead.os.FileAccess;
import java.util.ArrayList;
import java.util.List;

/// Says which file a request's path stands for in a location: the folder, and behind it the path or what is
/// left of it.
public final class FilePaths {
    /// The handler state of an exchange whose path is appended even where the folder is the whole name: a file
    /// was looked for below it and found.
    static final Object APPENDED = new Object();

    private final Text folder;
    private final boolean isAlias;
    private final boolean isWholeName;
    private final String prefix;
    private final FileTables tables;
    private final int slot;

    private FilePaths(
            Text folder,
            boolean isAlias,
            boolean isWholeName,
            String prefix,
            FileServing files,
            CompileContext context) {
        this.tables = FileTables.of(context);
        this.slot = tables.slot(files);
        this.folder = folder;
        this.isAlias = isAlias;
        this.isWholeName = isWholeName;
        this.prefix = prefix;
    }

    public static FilePaths compile(Location location, CompileContext context) {
        return compile(location.settings().files(), context);
    }

    /// For a virtual host before a location is found, too.
    public static FilePaths compile(FileServing files, CompileContext context) {
        return switch (files.place()) {
            case FileServing.Place.Root root ->
                new FilePaths(text(trimmed(root.folder()), context), false, false, "", files, context);
            case FileServing.Place.Alias alias ->
                new FilePaths(
                        text(alias.folder(), context),
                        true,
                        alias.prefix().isEmpty(),
                        Text.bytes(alias.prefix().orElse("")),
                        files,
                        context);
        };
    }

    /// The folder without a slash at its end: `root /srv/` means the same as `root /srv`.
    private static Template trimmed(Template folder) {
        List<Template.Part> parts = new ArrayList<>(folder.parts());
        if (!parts.isEmpty()
                && parts.getLast() instanceof Template.Part.Literal last
                && last.text().endsWith("/")) {
            String text = last.text();
            parts.removeLast();
            parts.add(new Template.Part.Literal(text.substring(0, text.length() - 1)));
        }
        return new Template(parts, folder.origin());
    }

    private static Text text(Template folder, CompileContext context) {
        return folder.isConstant() ? new Constant(Text.bytes(folder.constantText())) : context.text(folder);
    }

    private record Constant(String value) implements Text {
        @Override
        public String of(Exchange exchange) {
            return value;
        }

        @Override
        public boolean isConstant() {
            return true;
        }
    }

    /// The file's name; empty where the path cannot be mapped.
    public String of(Exchange exchange) {
        return isMappable(exchange) ? folder.of(exchange).concat(rest(exchange)) : "";
    }

    /// The name of the file that another path stands for here; empty where it stands for none.
    public String ofOther(Exchange exchange, String path) {
        return isWholeName || !path.startsWith(prefix)
                ? ""
                : folder.of(exchange).concat(path.substring(prefix.length()));
    }

    /// The folder that paths are appended to.
    public String folder(Exchange exchange) {
        return folder.of(exchange);
    }

    /// The folder with symbolic links resolved; empty if it is not there.
    public String realFolder(Exchange exchange) {
        return tables.here(slot).access().realName(FileAccess.name(folder.of(exchange)));
    }

    /// Whether an alias can be applied: not to a path that a rule replaced in the same place.
    boolean isMappable(Exchange exchange) {
        return !isAlias || (!exchange.isPathReplacedHere() && exchange.path().startsWith(prefix));
    }

    /// What stands behind the folder.
    String rest(Exchange exchange) {
        return exchange.path().substring(restStart(exchange));
    }

    /// Where in the path that begins which stands behind the folder.
    @SuppressWarnings("ReferenceEquality") // a mark, equal to itself alone
    int restStart(Exchange exchange) {
        if (isWholeName) {
            return exchange.handlerState() == APPENDED ? 0 : exchange.path().length();
        }
        return prefix.length();
    }

    boolean isAlias() {
        return isAlias;
    }

    /// Whether the template is the name of the file itself.
    boolean isWholeName() {
        return isWholeName;
    }

    /// What an alias cuts off the path; empty if nothing.
    String prefix() {
        return prefix;
    }
}
