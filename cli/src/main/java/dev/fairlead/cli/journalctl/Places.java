package dev.fairlead.cli.journalctl;

import dev.fairlead.cli.control.SocketFolder;
import dev.fairlead.cli.control.StackChoice;
import dev.fairlead.cli.control.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the journal that is meant.
final class Places {
    private Places() {}

    /// The folder that was named; that of the stack below `--root`; that of the stack `fairlead status` would
    /// talk to; that of the stack of the folder one is in; the only one there is.
    static Path journal(Request request) throws Refusal {
        if (request.has("directory")) {
            return Path.of(request.value("directory").orElse(""));
        }
        StateFolder state = StateFolder.current();
        if (request.has("root")) {
            return state.journal(Path.of(request.value("root").orElse("")));
        }
        SocketFolder sockets = SocketFolder.current();
        if (request.has("stack") || !sockets.running().isEmpty()) {
            StackChoice choice = StackChoice.of(sockets, request.value("stack"), Path.of(""));
            if (choice instanceof StackChoice.Chosen(Path socket)) {
                return state.journals().resolve(SocketFolder.key(socket));
            }
            if (choice instanceof StackChoice.Unclear(String message)
                    && !sockets.running().isEmpty()) {
                throw new Refusal("journalctl: " + message);
            }
        }
        return around(state)
                .or(() -> only(state))
                .orElseThrow(() -> new Refusal("No journal files were found in " + state.journals()
                        + "; name the stack's folder with --root, or a journal's with -D"));
    }

    private static Optional<Path> around(StateFolder state) {
        for (Path place = Path.of("").toAbsolutePath(); place != null; place = place.getParent()) {
            Path journal = state.journal(place);
            if (Files.isDirectory(journal)) {
                return Optional.of(journal);
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> only(StateFolder state) {
        try (Stream<Path> all = Files.list(state.journals())) {
            List<Path> journals = all.toList();
            return journals.size() == 1 ? Optional.of(journals.getFirst()) : Optional.empty();
        } catch (IOException none) {
            return Optional.empty();
        }
    }
}
