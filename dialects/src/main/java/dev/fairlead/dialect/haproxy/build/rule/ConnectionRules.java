package dev.fairlead.dialect.haproxy.build.rule;

import dev.fairlead.dialect.haproxy.build.workshop.ExpectedHeaders;
import dev.fairlead.dialect.haproxy.build.workshop.Formats;
import dev.fairlead.dialect.haproxy.build.workshop.LogConditions;
import dev.fairlead.dialect.haproxy.build.workshop.Scene;
import dev.fairlead.dialect.haproxy.rule.Acls;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `tcp-request connection|session|content accept|reject`. A connection of HTTP is looked at when its request is
/// there: one that is rejected ends without an answer.
public final class ConnectionRules {
    private static final int NO_ANSWER = 444;

    private final Scene scene;
    private final Acls acls;

    public ConnectionRules(Scene scene, Acls acls) {
        this.scene = scene;
        this.acls = acls;
    }

    public List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        Scene early = scene.early();
        rules.addAll(
                new ConnectionRules(early, acls.in(early)).from(scene.front().each("tcp-request connection"), 0));
        for (String stage : List.of("tcp-request session", "tcp-request content")) {
            rules.addAll(from(scene.front().each(stage), 0));
        }
        return rules;
    }

    /// What a backend says of it, once it is chosen.
    public List<Rule> ofBackend(Proxy backend) {
        return from(backend.each("tcp-request content"), 0);
    }

    private List<Rule> rejected(Entry entry) {
        Rule answer = new Rule.Answer(NO_ANSWER, Optional.empty(), entry.origin());
        Template silent = Template.constant(LogConditions.SILENT, entry.origin());
        return LogConditions.isUntold(entry)
                ? List.of(new Rule.Assign(LogConditions.place(scene.workshop()), silent, entry.origin()), answer)
                : List.of(RequestRules.ending("PR", entry.origin()), answer);
    }

    /// Something is remembered, under a condition.
    private List<Rule> noted(Entry entry, List<Word> words, Optional<Condition> condition) {
        Formats formats = new Formats(scene, scene.workshop().problems());
        Optional<List<Rule>> notes = new ConnectionNotes(formats).rules(entry, words.subList(0, Acls.start(words)));
        if (notes.isEmpty() && !ExpectedHeaders.isOne(words.getFirst())) {
            scene.workshop()
                    .problems()
                    .warning(
                            "haproxy.without-effect",
                            words.getFirst().span(),
                            "'" + entry.name() + " " + words.getFirst().text() + "' has no effect yet");
        }
        List<Rule> then = notes.orElse(List.of());
        return condition
                .<List<Rule>>map(found -> List.of(new Rule.When(found, then, Optional.empty(), entry.origin())))
                .orElse(then);
    }

    private List<Rule> from(List<Entry> lines, int start) {
        List<Rule> rules = new ArrayList<>();
        for (int i = start; i < lines.size(); i++) {
            Entry entry = lines.get(i);
            List<Word> words = entry.args();
            Optional<Condition> condition = acls.condition(words.subList(Acls.start(words), words.size()));
            switch (words.getFirst().text()) {
                case "reject", "silent-drop" -> {
                    List<Rule> reject = rejected(entry);
                    condition.ifPresentOrElse(
                            holds -> rules.add(new Rule.When(holds, reject, Optional.empty(), entry.origin())),
                            () -> rules.addAll(reject));
                }
                case "accept" -> {
                    if (condition.isPresent()) {
                        rules.add(new Rule.When(
                                new Condition.Not(condition.get()),
                                from(lines, i + 1),
                                Optional.empty(),
                                entry.origin()));
                    }
                    return rules;
                }
                default -> rules.addAll(noted(entry, words, condition));
            }
        }
        return rules;
    }
}
