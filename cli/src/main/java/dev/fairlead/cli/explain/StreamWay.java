package dev.fairlead.cli.explain;

import dev.fairlead.engine.trace.Event;
import dev.fairlead.model.stream.StreamHost;
import dev.fairlead.model.stream.StreamListener;
import java.util.ArrayList;
import java.util.List;

/// Puts what was seen of a connection at a listener that passes connections on into words.
final class StreamWay {
    private final StreamListener listener;
    private final List<Step> steps = new ArrayList<>();

    StreamWay(StreamListener listener) {
        this.listener = listener;
    }

    List<Step> of(List<Event> events) {
        for (Event event : events) {
            if (event instanceof Event.OfConnection told) {
                tell(told);
            }
        }
        return steps;
    }

    private void tell(Event.OfConnection event) {
        switch (event) {
            case Event.ServiceFound found -> service(found);
            case Event.TurnedAway away ->
                steps.add(Step.of("answer", "closes the connection: access forbidden by rule" + away.rule()));
            case Event.Asked asked -> {
                Step step = Step.at(
                        "rule",
                        "rule: " + Way.line(asked.rule().origin()),
                        asked.rule().origin());
                steps.add(step.addAll(Verdicts.steps(asked.verdict())));
            }
            case Event.NotAsked left ->
                left.rules()
                        .forEach(rule ->
                                steps.add(Step.at("not", "not asked: " + Way.line(rule.origin()), rule.origin())));
            case Event.Relayed relayed -> {}
            case Event.Told told ->
                steps.add(Step.of("answer", "sends \"" + told.text() + "\" and closes the connection"));
            case Event.Closed(boolean byReset) ->
                steps.add(
                        Step.of("answer", byReset ? "resets the connection" : "closes the connection without a byte"));
        }
    }

    private void service(Event.ServiceFound found) {
        StreamHost host = found.host();
        Step step = Step.at("service", Way.line(host.origin()), host.origin());
        steps.add(step);
        String name = found.asked().isEmpty() ? "the client asks for no server name" : "\"" + found.asked() + "\"";
        if (listener.hosts().size() > 1) {
            boolean isNamed = host.names().stream().anyMatch(each -> TlsEnd.fits(each, found.asked()));
            step.add(Step.of("because", isNamed ? name + " is or fits its name" : name + ": this is the default one"));
            for (StreamHost other : listener.hosts()) {
                if (!isSame(other, host)) {
                    step.add(Step.at("not", "not " + Way.line(other.origin()) + ": another name", other.origin()));
                }
            }
        } else if (!found.asked().isEmpty() && !listener.tls()) {
            step.add(Step.of("because", "the client asks for " + name + " (read ahead)"));
        }
    }

    @SuppressWarnings("ReferenceEquality") // two hosts may say the same
    private static boolean isSame(StreamHost one, StreamHost other) {
        return one == other;
    }
}
