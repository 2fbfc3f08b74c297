package dev.fairlead.dialect.stunnel;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;

/// Makes rows of the table. What is of services may stand before the first section, for all of them.
final class Rows {
    static final Set<Place> GLOBAL = EnumSet.of(Place.GLOBAL);
    static final Set<Place> ANYWHERE = EnumSet.allOf(Place.class);

    private Rows() {}

    private static Directive<Place, Setter> make(
            String name, Set<Place> places, String doc, Support support, Setter setter) {
        return new Directive<>(name, places, Arity.exactly(1), false, true, doc, support, setter);
    }

    static Directive<Place, Setter> global(String name, String doc, Setter setter) {
        return make(name, GLOBAL, doc, new Support.Full(), setter);
    }

    static Directive<Place, Setter> row(String name, String doc, Setter setter) {
        return make(name, ANYWHERE, doc, new Support.Full(), setter);
    }

    /// `yes` or `no`.
    static Directive<Place, Setter> flag(String name, String doc, BiConsumer<Service, Boolean> setter) {
        return row(
                name,
                doc,
                (option, service, global, reading) ->
                        Values.yesOrNo(option, reading).ifPresent(value -> setter.accept(service, value)));
    }

    static Directive<Place, Setter> text(String name, String doc, BiConsumer<Service, Given<String>> setter) {
        return row(
                name,
                doc,
                (option, service, global, reading) ->
                        setter.accept(service, new Given<>(option.value(), option.valueSpan())));
    }

    static Directive<Place, Setter> seconds(String name, String doc, BiConsumer<Service, Duration> setter) {
        return row(
                name,
                doc,
                (option, service, global, reading) ->
                        Values.seconds(option, reading).ifPresent(value -> setter.accept(service, value)));
    }

    static Directive<Place, Setter> unneeded(String name, Set<Place> places, String reason) {
        return make(name, places, "", new Support.WithoutEffect(reason, false), (o, s, g, r) -> {});
    }

    /// Read and left aside, although the operator may miss it.
    static Directive<Place, Setter> missed(String name, Set<Place> places, String reason) {
        return make(name, places, "", new Support.WithoutEffect(reason, true), (o, s, g, r) -> {});
    }

    static Directive<Place, Setter> refused(String name, String reason) {
        return make(name, ANYWHERE, "", new Support.Refused(reason), (o, s, g, r) -> {});
    }
}
