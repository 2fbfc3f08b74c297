package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.SERVER_LOCATION;
import static dev.fairlead.dialect.nginx.directive.Rows.WITH_IF;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Numbers;
import dev.fairlead.dialect.nginx.variable.Templates;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.FileServing.Place;
import dev.fairlead.model.http.FileServing.TryFiles;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.text.Template;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which folder a path is looked for in: `root`, `alias` and `try_files`.
public final class FolderDirectives {
    private static final Setting<Folder> FOLDER =
            Setting.of(Group.FILES, new Folder(new Word("html", Span.builtIn()), false));
    private static final Setting<Optional<List<Word>>> TRY_FILES = Setting.local(Group.FILES, Optional.empty());
    private static final Pattern ROOT_VARIABLE = Pattern.compile("\\$\\{?(document_root|realpath_root)\\b");

    private FolderDirectives() {}

    private record Folder(Word path, boolean alias) {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.row(
                        "root",
                        WITH_IF,
                        Arity.exactly(1),
                        "Names the folder that paths are looked for in.",
                        (statement, level, c) -> folder(statement, level, c, false)),
                Rows.row(
                        "alias",
                        Rows.LOCATION,
                        Arity.exactly(1),
                        "Names the folder that stands for the location's prefix.",
                        (statement, level, c) -> folder(statement, level, c, true)),
                Rows.words(
                        "try_files",
                        SERVER_LOCATION,
                        Arity.atLeast(2),
                        "Serves the first file that exists, else goes to the last argument.",
                        FolderDirectives::tryFiles));
    }

    private static void folder(Statement statement, Level level, Compilation c, boolean alias) {
        Optional<Level.Assigned<Folder>> before = level.own(FOLDER);
        if (before.isPresent()) {
            boolean same = before.get().value().alias() == alias;
            String other = alias ? "root" : "alias";
            if (same) {
                c.duplicate(statement, before.get().origin());
            } else {
                c.directive(
                        statement,
                        statement.span(),
                        "is duplicate, \"" + other + "\" directive was specified earlier",
                        "first set at " + before.get().origin());
            }
            return;
        }
        if (alias && level.place().location().match() instanceof Location.Match.Named) {
            c.problems()
                    .error(
                            "nginx.alias-in-named",
                            statement.span(),
                            "the \"alias\" directive cannot be used inside the named location",
                            "use \"root\" instead");
            return;
        }
        Word path = statement.arg(0);
        if (ROOT_VARIABLE.matcher(path.text()).find()) {
            c.value(path, "the $document_root variable cannot be used in the \"" + statement.name() + "\" directive");
            return;
        }
        level.assign(FOLDER, new Folder(c.text(path), alias), statement.span());
    }

    private static void tryFiles(Statement statement, Level level, Compilation c) {
        if (Rows.isDuplicate(statement, level, TRY_FILES, c)) {
            return;
        }
        Word last = statement.words().getLast();
        if (last.text().startsWith("=")
                && Numbers.parseInt(last.text().substring(1))
                        .filter(code -> code <= 999)
                        .isEmpty()) {
            c.value(last, "invalid code \"" + last + "\"", "a status such as =404");
            return;
        }
        statement.args().forEach(c::text);
        level.assign(TRY_FILES, Optional.of(statement.args()), statement.span());
    }

    static Place place(Level level, Assembly assembly) {
        Folder folder = level.value(FOLDER);
        Span origin = level.origin(FOLDER);
        Template path = path(folder.path(), assembly);
        if (!folder.alias()) {
            return new Place.Root(path, origin);
        }
        Optional<Location.Match> match =
                level.source(FOLDER).map(source -> source.place().location().match());
        return new Place.Alias(path, match.flatMap(Location.Match::prefix), origin);
    }

    /// Paths are made absolute; one that starts with a variable is complete already.
    private static Template path(Word word, Assembly assembly) {
        boolean computed = word.text().startsWith("$");
        String text = computed ? word.text() : assembly.environment().content(word.text());
        Word absolute = Templates.hasVariables(word) || !text.equals(word.text()) ? new Word(text, word.span()) : word;
        return Templates.hasVariables(word)
                ? assembly.templates().template(absolute)
                : Template.constant(text, word.span());
    }

    /// The shared value of a level with the `try_files` of the level itself.
    public static FileServing withTryFiles(FileServing files, Level level, Assembly assembly) {
        Optional<List<Word>> words = level.value(TRY_FILES);
        if (words.isEmpty()) {
            return files;
        }
        List<Word> candidates = words.get().subList(0, words.get().size() - 1);
        TryFiles tried = new TryFiles(
                assembly.templates().templates(candidates),
                fallback(words.get().getLast(), assembly),
                level.origin(TRY_FILES));
        return new FileServing(
                files.place(),
                files.index(),
                Optional.of(tried),
                files.listing(),
                files.types(),
                files.defaultType(),
                files.charset(),
                files.charsetTypes(),
                files.modifiedSince(),
                files.etag(),
                files.precompressed(),
                files.cache(),
                files.maxRanges(),
                files.logMissing(),
                files.symlinks());
    }

    private static TryFiles.Fallback fallback(Word word, Assembly assembly) {
        if (word.text().startsWith("=")) {
            return new TryFiles.Fallback.Status(
                    Numbers.parseInt(word.text().substring(1)).orElse(404));
        }
        if (word.text().startsWith("@")) {
            return new TryFiles.Fallback.Named(word.text().substring(1));
        }
        return new TryFiles.Fallback.Path(assembly.templates().template(word));
    }
}
