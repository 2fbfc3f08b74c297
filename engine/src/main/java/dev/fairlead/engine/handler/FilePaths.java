package dev.fairlead.engine.handler;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.Location;

/// Says which file a request's path stands for in a location.
public final class FilePaths {
    private final Text folder;

    private FilePaths(Text folder) {
        this.folder = folder;
    }

    public static FilePaths compile(Location location, CompileContext context) {
        return compile(location.match(), location.settings().files(), context);
    }

    /// For a virtual host before a location is found, too: that is [Location.Match.Anywhere].
    public static FilePaths compile(Location.Match match, FileServing files, CompileContext context) {
        return new FilePaths(context.text(files.place().folder()));
    }

    /// The file's name; empty where the location cannot map the path.
    public String of(Exchange exchange) {
        return folder.of(exchange) + exchange.path();
    }

    /// The folder that paths are appended to.
    public String folder(Exchange exchange) {
        return folder.of(exchange);
    }

    /// The folder with symbolic links resolved; empty if it is not there.
    public String realFolder(Exchange exchange) {
        return folder.of(exchange);
    }
}
