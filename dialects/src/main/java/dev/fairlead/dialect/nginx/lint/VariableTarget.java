package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A server that a variable names is looked up for each request, which takes a resolver; without one such
/// requests end with 502.
final class VariableTarget implements LintRule {
    static final String ID = "lint.proxy-variable-without-resolver";

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+(:[0-9]+)?|\\[.*](:[0-9]+)?|unix:.*");

    @Override
    public void look(Branch branch, Problems problems) {
        if (!branch.is("proxy_pass")) {
            return;
        }
        String target = branch.arg(0);
        List<String> variables = Targets.host(target).map(Targets::variables).orElse(List.of());
        boolean isResolved = branch.parent()
                .map(outer -> !outer.effective("resolver").isEmpty())
                .orElse(true);
        if (variables.isEmpty() || isResolved || isKnown(branch, variables.getFirst(), new HashSet<>())) {
            return;
        }
        problems.add(Diagnostic.warning(
                        ID,
                        branch.span(),
                        "the server's name is in $" + variables.getFirst() + ", and there is no resolver")
                .hint("add for example: resolver 127.0.0.53; or name the servers in an upstream"));
    }

    /// Whether all values the variable is given are addresses, or names of upstreams, or variables of which the
    /// same can be said.
    ///
    /// @param asked variables that the question has led to; those are not asked again
    private static boolean isKnown(Branch branch, String variable, Set<String> asked) {
        if (!asked.add(variable)) {
            return true;
        }
        Branch top = branch.enclosing().reduce((inner, outer) -> outer).orElse(branch);
        Set<String> upstreams = top.all()
                .filter(one -> one.is("upstream"))
                .map(one -> one.arg(0))
                .collect(Collectors.toSet());
        // What another server sets is of no matter here.
        List<String> values = branch.enclosing("server")
                .orElse(top)
                .all()
                .filter(one -> one.is("set") && one.arg(0).equals("$" + variable))
                .map(one -> one.arg(1))
                .collect(Collectors.toList());
        top.all()
                .filter(one -> (one.is("map") || one.is("split_clients"))
                        && one.args().getLast().is("$" + variable))
                .flatMap(one -> one.children().stream())
                .filter(row -> row.statement().count() == 1)
                .forEach(row -> values.add(row.arg(0)));
        return !values.isEmpty()
                && values.stream()
                        .map(value -> Targets.host(value).orElse("unix:"))
                        .allMatch(host -> upstreams.contains(host)
                                || ADDRESS.matcher(host).matches()
                                || (isVariable(host)
                                        && isKnown(
                                                branch, Targets.variables(host).getFirst(), asked)));
    }

    private static boolean isVariable(String host) {
        return host.matches("\\$\\w+|\\$\\{\\w+}");
    }
}
