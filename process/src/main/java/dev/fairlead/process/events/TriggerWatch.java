package dev.fairlead.process.events;

import dev.fairlead.model.service.Trigger;
import dev.fairlead.model.service.Trigger.Match;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.unit.FileNamePattern;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// How much of a trigger has come. An event that has come is held up until the trigger is used or forgotten.
final class TriggerWatch {
    private final Optional<Trigger> trigger;
    private final List<Trigger.Occurs> wanted = new ArrayList<>();
    private final IdentityHashMap<Trigger.Occurs, Occurrence> come = new IdentityHashMap<>();

    TriggerWatch(Optional<Trigger> trigger) {
        this.trigger = trigger;
        trigger.ifPresent(wish -> wish.forEach(wanted::add));
    }

    /// Takes an event in.
    ///
    /// @param environment variables that matches may name
    /// @return whether it brought something new and the trigger holds now
    boolean takes(Occurrence event, Map<String, String> environment) {
        boolean isNews = false;
        for (Trigger.Occurs one : wanted) {
            if (!come.containsKey(one) && matches(one, event, environment)) {
                come.put(one, event);
                event.hold();
                isNews = true;
            }
        }
        return isNews && trigger.filter(this::holds).isPresent();
    }

    private boolean holds(Trigger part) {
        return switch (part) {
            case Trigger.Occurs occurs -> come.containsKey(occurs);
            case Trigger.Both both -> holds(both.left()) && holds(both.right());
            case Trigger.Either either -> holds(either.left()) || holds(either.right());
        };
    }

    /// The events that made it hold, from left to right; not those whose other half has not come.
    List<Occurrence> events() {
        List<Occurrence> events = new ArrayList<>();
        trigger.ifPresent(whole -> collect(whole, events));
        return events;
    }

    private void collect(Trigger part, List<Occurrence> into) {
        if (!holds(part)) {
            return;
        }
        switch (part) {
            case Trigger.Occurs occurs -> Optional.ofNullable(come.get(occurs)).ifPresent(into::add);
            case Trigger.Both both -> {
                collect(both.left(), into);
                collect(both.right(), into);
            }
            case Trigger.Either either -> {
                collect(either.left(), into);
                collect(either.right(), into);
            }
        }
    }

    /// Begins anew; nothing is held up any more.
    void reset() {
        List<Occurrence> held = List.copyOf(come.values());
        come.clear();
        held.forEach(event -> event.release(false));
    }

    /// Writes down which of its events have come.
    void save(Baton part) {
        for (int i = 0; i < wanted.size(); i++) {
            Occurrence event = come.get(wanted.get(i));
            if (event != null) {
                Baton written = part.add("come").put("place", i).put("event", event.name());
                save(written, "variables", event.variables());
            }
        }
    }

    /// @param held gets the events that are held up here
    void resume(Baton part, Consumer<Occurrence> held) {
        for (Baton written : part.parts("come")) {
            int place = (int) written.number("place", -1);
            boolean isSame = place >= 0
                    && place < wanted.size()
                    && wanted.get(place).event().equals(written.text("event", ""));
            if (isSame) {
                Occurrence event = new Occurrence(written.text("event", ""), variables(written, "variables"));
                event.handled();
                event.hold();
                come.put(wanted.get(place), event);
                held.accept(event);
            }
        }
    }

    static void save(Baton part, String list, Map<String, String> variables) {
        variables.forEach((name, value) -> part.add(list).put("name", name).put("value", value));
    }

    static SequencedMap<String, String> variables(Baton part, String list) {
        SequencedMap<String, String> all = new LinkedHashMap<>();
        part.parts(list).forEach(one -> all.put(one.text("name", ""), one.text("value", "")));
        return all;
    }

    /// By place until the first match with a name, then by name. A variable that is not there matches nothing,
    /// not even what is negated.
    private static boolean matches(Trigger.Occurs wish, Occurrence event, Map<String, String> environment) {
        if (!wish.event().equals(event.name())) {
            return false;
        }
        Iterator<String> places = event.variables().values().iterator();
        for (Match match : wish.matches()) {
            Optional<String> value = match.name().isPresent()
                    ? Optional.ofNullable(event.variables().get(match.name().get()))
                    : Optional.of(places).filter(Iterator::hasNext).map(Iterator::next);
            Optional<String> pattern = Template.expand(match.pattern(), environment);
            if (value.isEmpty()
                    || pattern.isEmpty()
                    || FileNamePattern.matches(pattern.get(), value.get()) == match.isNegated()) {
                return false;
            }
        }
        return true;
    }
}
