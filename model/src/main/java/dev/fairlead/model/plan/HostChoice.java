package dev.fairlead.model.plan;

import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.http.VirtualHost.ServerName;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which virtual host of a listener gets a request that is passed to it.
final class HostChoice {
    private HostChoice() {}

    /// Empty where that depends on what the request says.
    ///
    /// @param from the virtual host that passes it on
    static Optional<VirtualHost> of(Forward forward, VirtualHost from, HttpListener to) {
        if (to.hosts().size() == 1) {
            return Optional.of(to.defaultHost());
        }
        Optional<Template> field = forward.request().fields().stream()
                .filter(assignment -> assignment.name().equalsIgnoreCase("host"))
                .map(Forward.FieldAssignment::value)
                .findFirst();
        return field.flatMap(value -> of(value, forward, from, to));
    }

    private static Optional<VirtualHost> of(Template value, Forward forward, VirtualHost from, HttpListener to) {
        if (value.isConstant()) {
            return named(value.constantText(), to);
        }
        List<Template.Part> parts = value.parts();
        if (parts.getFirst() instanceof Template.Part.Reference(Variable variable)) {
            if (variable.equals(new Variable.Builtin(Attribute.UPSTREAM_HOST))
                    && forward.target() instanceof Forward.Target.Fixed fixed) {
                return named(fixed.hostText(), to);
            }
            boolean isPassed = variable.equals(new Variable.Builtin(Attribute.HOST))
                    || variable.equals(new Variable.RequestHeader("host"));
            if (isPassed) {
                return to.hosts().contains(from) ? Optional.of(from) : named(from.firstName(), to);
            }
        }
        return Optional.empty();
    }

    /// As the router finds it, but without expressions: where there are any, it is not known.
    private static Optional<VirtualHost> named(String hostText, HttpListener to) {
        String host = hostText.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
        boolean isSimple = to.hosts().stream()
                .flatMap(each -> each.names().stream())
                .allMatch(name -> name instanceof ServerName.Exact);
        if (!isSimple) {
            return Optional.empty();
        }
        return Optional.of(to.hosts().stream()
                .filter(each -> each.names().contains(new ServerName.Exact(host)))
                .findFirst()
                .orElse(to.defaultHost()));
    }
}
