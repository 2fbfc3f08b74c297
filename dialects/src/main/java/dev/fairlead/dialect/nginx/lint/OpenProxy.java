package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.Set;
import java.util.regex.Pattern;

/// A client that names the server its request goes to can reach everything this machine can.
final class OpenProxy implements LintRule {
    static final String ID = "lint.open-proxy";

    private static final Set<String> CLIENTS_WORDS =
            Set.of("host", "http_host", "uri", "request_uri", "args", "query_string");
    private static final Pattern CLIENTS_FAMILIES = Pattern.compile("(arg|http|cookie)_.+|[0-9]");

    @Override
    public void look(Branch branch, Problems problems) {
        if (!branch.is("proxy_pass")) {
            return;
        }
        Targets.host(branch.arg(0)).stream()
                .flatMap(host -> Targets.variables(host).stream())
                .filter(OpenProxy::isClients)
                .findFirst()
                .ifPresent(variable -> problems.add(Diagnostic.warning(
                                ID,
                                branch.span(),
                                "the client decides with $" + variable + " where its request goes to")
                        .hint("name the servers, for example with a map from $" + variable + " to upstreams")));
    }

    private static boolean isClients(String variable) {
        return CLIENTS_WORDS.contains(variable)
                || CLIENTS_FAMILIES.matcher(variable).matches();
    }
}
