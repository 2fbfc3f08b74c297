package dev.fairlead.dialect.haproxy.build.rule;

import dev.fairlead.dialect.haproxy.build.workshop.Formats;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Settings;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;

/// `http-request use-service prometheus-exporter`: requests are answered with metrics.
public final class Services {
    static final String ACTION = "use-service";
    private static final String EXPORTER = "prometheus-exporter";
    private static final String LINE = "http-request " + ACTION;

    private final Proxy proxy;

    public Services(Proxy proxy) {
        this.proxy = proxy;
    }

    private String name() {
        return "metrics:" + proxy.name();
    }

    /// What leads there.
    List<Rule> rules(Entry entry, List<Word> words, Formats formats) {
        Optional<Word> service = words.stream().findFirst();
        if (service.isEmpty()) {
            formats.problem(entry.keyword(), "'use-service' expects a service name");
            return List.of();
        }
        if (!service.get().is(EXPORTER)) {
            boolean isProgram = service.get().text().startsWith("lua.");
            formats.problem(
                    service.get(),
                    "'" + service.get().text() + "' unknown service name"
                            + (isProgram ? ": Lua programs do not run here" : "; there is '" + EXPORTER + "'"));
            return List.of();
        }
        Span at = entry.origin();
        return List.of(answeredBy("<PROMEX>", at), RequestRules.ending("LR", at), new Rule.Enter(name(), at));
    }

    /// What the log says in the place of a server.
    public static Rule answeredBy(String who, Span at) {
        return new Rule.Assign(new Variable.Builtin(Attribute.UPSTREAM_SERVER), Template.constant(who, at), at);
    }

    /// Where it is answered, with what holds for the answers of the proxy.
    public List<Location> locations(Settings settings) {
        return proxy.each(LINE).stream()
                .findFirst()
                .map(entry -> List.of(new Location(
                        new Location.Match.Named(name()),
                        List.of(),
                        settings,
                        new Action.ExportMetrics(entry.origin()),
                        List.of(),
                        true,
                        entry.origin())))
                .orElse(List.of());
    }
}
