package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.build.workshop.Scene;
import dev.fairlead.dialect.haproxy.rule.Acls;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.model.http.Content;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.TextSet;
import dev.fairlead.model.text.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `monitor-uri` and `monitor fail`: a path on which the proxy says that it is there.
final class Monitor {
    private static final String READY = "<html><body><h1>200 OK</h1>\nService ready.\n</body></html>\n";

    private final Scene scene;
    private final Acls acls;

    Monitor(Scene scene, Acls acls) {
        this.scene = scene;
        this.acls = acls;
    }

    List<Rule> rules() {
        Proxy front = scene.front();
        Optional<Entry> uri = front.last("monitor-uri");
        if (uri.isEmpty()) {
            return List.of();
        }
        Entry asked = uri.get();
        Condition isAsked = new Condition.OneOf(
                Template.of(new Variable.Builtin(Attribute.RAW_TARGET), asked.origin()),
                new TextSet(TextSet.How.EXACT, false, List.of(asked.text(0))),
                false);
        List<Rule> then = new ArrayList<>();
        for (Entry fail : front.each("monitor fail")) {
            acls.condition(fail.args())
                    .ifPresent(condition -> then.add(new Rule.When(
                            condition,
                            List.of(new Rule.Answer(503, Optional.empty(), fail.origin())),
                            Optional.empty(),
                            fail.origin())));
        }
        then.add(new Rule.Respond(
                200,
                Optional.of(Template.constant("text/html", asked.origin())),
                new Content.Text(Template.constant(READY, asked.origin())),
                List.of(new Forward.FieldAssignment(
                        "cache-control", Template.constant("no-cache", asked.origin()), asked.origin())),
                asked.origin()));
        return List.of(new Rule.When(isAsked, then, Optional.empty(), asked.origin()));
    }
}
