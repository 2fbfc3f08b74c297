package dev.fairlead.dialect.haproxy.build.rule;

import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.http.Rule;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Where requests wait for their bodies: `http-request wait-for-body time T [at-least N]` and `option
/// http-buffer-request`.
public final class BodyWaits {
    private static final long ALL = Long.MAX_VALUE;

    private final Workshop workshop;

    public BodyWaits(Workshop workshop) {
        this.workshop = workshop;
    }

    /// In front of all other rules, with `option http-buffer-request`.
    public List<Rule> rules(Proxy front, Proxy proxy) {
        Optional<Entry> option = proxy.last("option http-buffer-request").filter(Entry::isOn);
        Duration patience = front.last("timeout http-request").isPresent()
                ? workshop.limit(front, "timeout http-request")
                : workshop.limit(front, "timeout client", "clitimeout");
        return option.map(entry -> List.<Rule>of(new Rule.AwaitBody(patience, ALL, entry.origin())))
                .orElse(List.of());
    }

    /// @param words those in front of the condition
    List<Rule> read(Entry entry, List<Word> words) {
        Optional<Duration> time = Optional.empty();
        long least = ALL;
        for (int i = 0; i < words.size(); i += 2) {
            Word word = words.get(i);
            Optional<Word> value = i + 1 < words.size() ? Optional.of(words.get(i + 1)) : Optional.empty();
            if (word.is("time") && value.isPresent()) {
                time = workshop.delay(value.get(), "wait-for-body time", ChronoUnit.MILLIS);
            } else if (word.is("at-least") && value.isPresent()) {
                Optional<Long> size = Figures.size(value.get().text());
                if (size.isEmpty()) {
                    problem(
                            value.get(),
                            "'at-least' expects a size, not '" + value.get().text() + "'");
                }
                least = size.orElse(ALL);
            } else {
                problem(word, "'wait-for-body' expects 'time' and a time, and perhaps 'at-least' and a size");
                return List.of();
            }
        }
        if (time.isEmpty()) {
            problem(entry.keyword(), "'wait-for-body' needs 'time' and how long it may take");
            return List.of();
        }
        return List.of(new Rule.AwaitBody(time.get(), least, entry.origin()));
    }

    private void problem(Word word, String message) {
        workshop.problems().error("haproxy.rule", word.span(), message);
    }
}
