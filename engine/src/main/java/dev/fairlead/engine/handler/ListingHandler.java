package dev.fairlead.engine.handler;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.Response;
import dev.fairlead.model.http.FileServing.Listing;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.os.Errno;
import dev.fairlead.os.FileAccess;
import dev.fairlead.time.Clock;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Lists folders, in the very form nginx does: people's scripts read it.
final class ListingHandler {
    private static final int LONGEST_CALLBACK = 128;

    private final Listing form;
    private final Clock clock;

    ListingHandler(Listing form, Clock clock) {
        this.form = form;
        this.clock = clock;
    }

    /// @param folder its name, with the slash at its end
    void handle(Exchange exchange, FileAccess access, String folder) {
        Optional<String> callback = callback(exchange);
        if (callback.isEmpty()) {
            exchange.fail(400);
            return;
        }
        List<String> names = new ArrayList<>();
        String bare = folder.length() > 1 ? folder.substring(0, folder.length() - 1) : folder;
        int outcome = access.list(FileAccess.name(bare), names);
        if (outcome < 0) {
            FileErrors.report(exchange, "opendir()", bare, -outcome);
            exchange.fail(FileErrors.status(-outcome));
            return;
        }
        List<ListedFile> listed = files(access, folder, names);
        Response response = exchange.response();
        response.status(200);
        response.contentType(contentType(callback.get()));
        exchange.respond();
        if (exchange.head().method() != Method.HEAD) {
            String text = text(exchange, listed, callback.get());
            exchange.output().data(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1)));
        }
        exchange.end();
    }

    private String contentType(String callback) {
        return switch (form.format()) {
            case HTML -> "text/html";
            case XML -> "text/xml; charset=utf-8";
            case JSON -> "application/json";
            case JSONP -> callback.isEmpty() ? "application/json" : "application/javascript";
        };
    }

    private String text(Exchange exchange, List<ListedFile> listed, String callback) {
        return switch (form.format()) {
            case HTML -> {
                boolean utf8 = exchange.response()
                        .contentType()
                        .toLowerCase(Locale.ROOT)
                        .endsWith("charset=utf-8");
                yield new HtmlListing(form, utf8, clock.wallMillis()).text(exchange.path(), listed);
            }
            case XML -> DataListings.xml(listed);
            case JSON -> DataListings.json(listed);
            case JSONP ->
                callback.isEmpty()
                        ? DataListings.json(listed)
                        : "/* callback */\r\n" + callback + "(" + DataListings.json(listed) + ");";
        };
    }

    /// Folders first, each by the bytes of their names; hidden files and those that vanish are left out.
    private static List<ListedFile> files(FileAccess access, String folder, List<String> names) {
        List<ListedFile> files = new ArrayList<>(names.size());
        for (String name : names) {
            if (name.startsWith(".")) {
                continue;
            }
            byte[] whole = FileAccess.name(folder.concat(name));
            int outcome = access.look(whole);
            if (outcome == -Errno.ENOENT || outcome == -Errno.ELOOP) {
                outcome = access.lookAtLink(whole);
            }
            if (outcome >= 0) {
                files.add(new ListedFile(
                        name, access.isFolder(), access.isFile(), access.modifiedSeconds(), access.size()));
            }
        }
        files.sort(ListedFile.ORDER);
        return files;
    }

    /// The name that JSONP is called by; empty text for none, empty if it is not acceptable.
    private Optional<String> callback(Exchange exchange) {
        if (form.format() != Listing.Format.JSONP) {
            return Optional.of("");
        }
        String name = "";
        for (String argument : exchange.query().split("&", -1)) {
            if (argument.toLowerCase(Locale.ROOT).startsWith("callback=")) {
                name = PathEscape.decode(argument.substring("callback=".length()));
                break;
            }
        }
        if (name.length() > LONGEST_CALLBACK || !name.chars().allMatch(ListingHandler::isNameCharacter)) {
            String fault =
                    name.length() > LONGEST_CALLBACK ? "too long callback name: \"" : "invalid callback name: \"";
            exchange.place().report(exchange, LogLevel.INFO, "client sent " + fault + name + '"');
            return Optional.empty();
        }
        return Optional.of(name);
    }

    private static boolean isNameCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    }
}
