package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A path that is called like one for WebSockets, or passes the field for them on, without all that lets a
/// connection change its protocol.
final class MissingUpgrade implements LintRule {
    static final String ID = "lint.websocket-headers";

    private static final Pattern WEB_SOCKET = Pattern.compile(
            "(^|[/._-])(ws|wss|websockets?|socket\\\\?\\.io|engine\\\\?\\.io|sockjs)($|[/._-])",
            Pattern.CASE_INSENSITIVE);

    @Override
    public void look(Branch branch, Problems problems) {
        if (!branch.is("location") || branch.children("proxy_pass").isEmpty()) {
            return;
        }
        boolean isNamed = branch.args().stream()
                .anyMatch(word -> WEB_SOCKET.matcher(word.text()).find());
        if (!isNamed && !sends(branch, "Upgrade")) {
            return;
        }
        List<String> missing = new ArrayList<>();
        boolean isKept = branch.effective("proxy_http_version").stream()
                .anyMatch(one -> one.arg(0).equals("1.1"));
        if (!isKept) {
            missing.add("proxy_http_version 1.1;");
        }
        for (String field : List.of("Upgrade", "Connection")) {
            if (!sends(branch, field)) {
                missing.add(
                        "proxy_set_header " + field + (field.equals("Upgrade") ? " $http_upgrade;" : " \"upgrade\";"));
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        Diagnostic found = Diagnostic.warning(
                        ID,
                        branch.span(),
                        "WebSockets cannot be opened through this location, which "
                                + (isNamed ? "is named for them" : "passes their field on"))
                .hint("add: " + String.join(" ", missing));
        boolean losesNone = !branch.children("proxy_set_header").isEmpty()
                || branch.effective("proxy_set_header").isEmpty();
        // With the first proxy_set_header of its own the block would lose those around it.
        problems.add(losesNone ? found.fix(branch.insert(missing)) : found);
    }

    private static boolean sends(Branch location, String field) {
        return location.effective("proxy_set_header").stream().anyMatch(one -> FieldName.is(one, field));
    }
}
