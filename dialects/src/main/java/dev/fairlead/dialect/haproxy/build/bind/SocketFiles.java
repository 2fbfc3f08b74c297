package dev.fairlead.dialect.haproxy.build.bind;

import dev.fairlead.dialect.haproxy.build.workshop.Parameters;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketFile;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.unit.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Who may use the unix sockets of `bind`: its own `mode`, `user`, `uid`, `group` and `gid`, else those of
/// `unix-bind`.
public final class SocketFiles {
    private static final List<String> NAMES = List.of("mode", "user", "uid", "group", "gid");
    private static final int MOST_MODE = 07777;

    private final Workshop workshop;

    public SocketFiles(Workshop workshop) {
        this.workshop = workshop;
    }

    /// What `unix-bind` puts in front of paths.
    String prefix() {
        return usual("prefix").map(Word::text).orElse("");
    }

    SocketFile of(Address address, Parameters given) {
        if (!(address instanceof Address.Unix)) {
            NAMES.forEach(name -> given.find(name).ifPresent(this::note));
            return SocketFile.USUAL;
        }
        return new SocketFile(
                value(given, "mode").map(this::mode).orElse(OptionalInt.empty()),
                value(given, "uid")
                        .map(this::number)
                        .or(() -> value(given, "user").map(Word::text)),
                value(given, "gid")
                        .map(this::number)
                        .or(() -> value(given, "group").map(Word::text)));
    }

    private void note(Parameters.Given given) {
        workshop.problems()
                .add(Diagnostic.note(
                        "haproxy.without-effect",
                        given.word().span(),
                        "'" + given.word().text() + "' of 'bind' has no effect: it is for unix sockets"));
    }

    private Optional<Word> value(Parameters given, String name) {
        return given.find(name).map(Parameters.Given::value).or(() -> usual(name));
    }

    /// Of `unix-bind`.
    private Optional<Word> usual(String name) {
        return words().flatMap(words -> {
            for (int i = 0; i + 1 < words.size(); i += 2) {
                if (words.get(i).is(name)) {
                    return Optional.of(words.get(i + 1));
                }
            }
            return Optional.empty();
        });
    }

    private Optional<List<Word>> words() {
        return workshop.globals().last("unix-bind").map(Entry::args);
    }

    /// What `unix-bind` says that cannot be followed.
    public void check() {
        List<Word> words = words().orElse(List.of());
        List<String> known = new ArrayList<>(NAMES);
        known.add("prefix");
        for (int i = 0; i < words.size(); i += 2) {
            Word word = words.get(i);
            if (!known.contains(word.text())) {
                workshop.problems()
                        .add(Diagnostic.error(
                                        "haproxy.unknown",
                                        word.span(),
                                        "'unix-bind' : unknown keyword '" + word.text() + "'")
                                .hint(Suggestion.nearest(word.text(), known)
                                        .map(near -> "did you mean '" + near + "'?")));
                return;
            }
            if (i + 1 == words.size()) {
                workshop.problems()
                        .error(
                                "haproxy.arguments",
                                word.span(),
                                "'unix-bind' : missing value behind '" + word.text() + "'");
            } else if (word.is("mode")) {
                mode(words.get(i + 1));
            }
        }
    }

    private OptionalInt mode(Word word) {
        if (word.text().matches("[0-7]{1,6}")) {
            int mode = Integer.parseInt(word.text(), 8);
            if (mode <= MOST_MODE) {
                return OptionalInt.of(mode);
            }
        }
        workshop.problems()
                .error(
                        "haproxy.number",
                        word.span(),
                        "'mode' : missing or invalid mode '" + word.text() + "' (octal integer expected)",
                        "such as 660");
        return OptionalInt.empty();
    }

    private String number(Word word) {
        if (Figures.between(word.text(), 0, Integer.MAX_VALUE).isEmpty()) {
            workshop.problems()
                    .error(
                            "haproxy.number",
                            word.span(),
                            "a number is expected, not '" + word.text() + "'",
                            "user and group take names");
            return "0";
        }
        return word.text();
    }
}
