package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.model.http.FileChanges;
import dev.fairlead.model.http.FileChanges.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Files that clients may write: WebDAV.
public final class DavDirectives {
    private static final int OWNER_ONLY = 0600;
    private static final int READABLE = 0444;

    private static final Setting<Set<Method>> METHODS = Setting.of(Group.FILES, Set.of());
    private static final Setting<Boolean> FULL_PATH = Setting.of(Group.FILES, false);
    private static final Setting<Integer> ACCESS = Setting.of(Group.FILES, OWNER_ONLY);
    private static final Setting<Integer> DEPTH = Setting.of(Group.FILES, 0);

    /// The words of `dav_access`: whose rights, and how far to the left they stand.
    private static final Map<String, Integer> WHOSE = Map.of("user:", 6, "group:", 3, "all:", 0);

    private DavDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.bits(
                        "dav_methods",
                        HTTP_SERVER_LOCATION,
                        METHODS,
                        Map.of(
                                "off", Set.of(),
                                "put", Set.of(Method.PUT),
                                "delete", Set.of(Method.DELETE),
                                "mkcol", Set.of(Method.MKCOL),
                                "copy", Set.of(Method.COPY),
                                "move", Set.of(Method.MOVE)),
                        "Lets clients change files with these methods of WebDAV."),
                Rows.flag(
                        "create_full_put_path",
                        HTTP_SERVER_LOCATION,
                        FULL_PATH,
                        "Makes the folders above a file that is put."),
                Rows.number(
                        "min_delete_depth",
                        HTTP_SERVER_LOCATION,
                        DEPTH,
                        "Says how many parts a path has at least that is deleted."),
                Rows.row(
                        "dav_access",
                        HTTP_SERVER_LOCATION,
                        Arity.between(1, 3),
                        "Sets the rights of new files and folders.",
                        DavDirectives::access));
    }

    private static void access(Statement statement, Level level, Compilation c) {
        int mode = OWNER_ONLY;
        for (Word word : statement.args()) {
            Optional<Integer> more = rights(word.text());
            if (more.isEmpty()) {
                c.value(word, "invalid value \"" + word + "\"", "such as user:rw, group:rw or all:r");
                return;
            }
            mode |= more.get();
        }
        c.set(statement, level, ACCESS, mode);
    }

    /// `all:` is everybody.
    private static Optional<Integer> rights(String text) {
        int colon = text.indexOf(':') + 1;
        Integer shift = WHOSE.get(text.substring(0, colon));
        int bits = switch (text.substring(colon)) {
            case "r" -> 4;
            case "rw" -> 6;
            default -> 0;
        };
        if (shift == null || bits == 0) {
            return Optional.empty();
        }
        return Optional.of(shift == 0 ? bits << 6 | bits << 3 | bits : bits << shift);
    }

    /// What may be changed; empty for nothing. Whoever may read a folder may look into it.
    public static Optional<FileChanges> build(Level level) {
        Set<Method> methods = level.value(METHODS);
        int mode = level.value(ACCESS);
        return methods.isEmpty()
                ? Optional.empty()
                : Optional.of(new FileChanges(
                        methods, level.value(FULL_PATH), mode, mode | (mode & READABLE) >> 2, level.value(DEPTH)));
    }
}
