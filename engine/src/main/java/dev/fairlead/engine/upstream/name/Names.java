package dev.fairlead.engine.upstream.name;

import dev.fairlead.model.http.Forward;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.NameServers;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Looks host names up while requests wait, without keeping the event loop waiting: by the name servers that the
/// configuration names, or by the system's resolver in a thread of its own. Belongs to one event loop.
public final class Names {
    /// Clients may choose which hosts are asked for: the one that was learnt of first is forgotten first.
    private static final int MOST_HOSTS = 4096;

    private static final int MOST_SECTIONS = 64;
    private static final String NOT_FOUND = "3: Host not found";

    private final EventLoop loop;
    private final Clock clock;
    private final NameWatches watches;
    private final Map<NameServers, Section> sections = new Bounded<>(MOST_SECTIONS);

    /// @param watches knows what is counted for name servers
    public Names(EventLoop loop, Clock clock, NameWatches watches) {
        this.loop = loop;
        this.clock = clock;
        this.watches = watches;
    }

    /// @param addresses none if the host was not found
    /// @param failure why, in the words of the error log
    public record Found(List<InetAddress> addresses, String failure) {
        private static Found none(String why) {
            return new Found(List.of(), why);
        }
    }

    private record Key(String host, NameLookup.Family family) {}

    private record Known(List<InetAddress> addresses, long untilNanos) {}

    /// The oldest entry leaves for a new one.
    private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;

        private final int most;

        private Bounded(int most) {
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }

    /// Tells the receiver, on the event loop, what was found: at once if it is known.
    public void find(String host, Forward.Resolver by, Consumer<Found> receiver) {
        if (by.by().isPresent()) {
            sections.computeIfAbsent(by.by().get(), Section::new).find(host, by.family(), receiver);
            return;
        }
        Thread.ofVirtual().name("looks up " + host).start(() -> {
            Found found = ask(host, by.family());
            loop.execute(() -> receiver.accept(found));
        });
    }

    private static Found ask(String host, NameLookup.Family family) {
        try {
            return new Found(sorted(List.of(InetAddress.getAllByName(host)), family), NOT_FOUND);
        } catch (UnknownHostException unknown) {
            return Found.none(NOT_FOUND);
        }
    }

    private static List<InetAddress> sorted(List<InetAddress> all, NameLookup.Family family) {
        List<InetAddress> four =
                all.stream().filter(Inet4Address.class::isInstance).toList();
        List<InetAddress> six =
                all.stream().filter(each -> !(each instanceof Inet4Address)).toList();
        return switch (family) {
            case BOTH -> all;
            case IPV4 -> four;
            case IPV6 -> six;
            case IPV4_FIRST -> Stream.of(four, six).flatMap(List::stream).toList();
            case IPV6_FIRST -> Stream.of(six, four).flatMap(List::stream).toList();
        };
    }

    private static String why(Reply.Trouble trouble) {
        return switch (trouble) {
            case SILENT -> "110: Operation timed out";
            case REFUSED -> "5: Operation refused";
            case OTHER, INVALID, TRUNCATED -> "2: Server failure";
            case UNKNOWN, EMPTY, ALIAS -> NOT_FOUND;
        };
    }

    /// Name servers, what they said, and what they are being asked.
    private final class Section {
        private final Inquiry.Asked asked;
        private final Optional<Duration> valid;
        private final Map<Key, Known> known = new Bounded<>(MOST_HOSTS);
        private final Map<Key, List<Consumer<Found>>> waiting = new LinkedHashMap<>();

        private Section(NameServers by) {
            this.asked = Inquiry.Asked.of(by, watches.counts(by));
            this.valid = by.valid();
        }

        private void find(String host, NameLookup.Family family, Consumer<Found> receiver) {
            Key key = new Key(Question.plain(host), family);
            Known last = known.get(key);
            if (last != null && last.untilNanos() - clock.monotonicNanos() > 0) {
                receiver.accept(new Found(last.addresses(), ""));
                return;
            }
            List<Consumer<Found>> others = waiting.get(key);
            if (others != null) {
                others.add(receiver);
                return;
            }
            Optional<Inquiry.Plan> plan = Inquiry.Plan.hosts(host, family);
            if (plan.isEmpty()) {
                receiver.accept(Found.none(NOT_FOUND));
                return;
            }
            waiting.put(key, new ArrayList<>(List.of(receiver)));
            Inquiry.begin(asked, plan.get(), false, loop, outcome -> learnt(key, outcome));
        }

        private void learnt(Key key, Inquiry.Outcome outcome) {
            List<InetAddress> addresses = outcome.found().stream()
                    .flatMap(found -> found.addresses().stream())
                    .distinct()
                    .toList();
            known.remove(key);
            if (!addresses.isEmpty()) {
                known.put(
                        key,
                        new Known(
                                addresses,
                                clock.monotonicNanos() + holds(outcome.found()).toNanos()));
            }
            List<Consumer<Found>> told = waiting.remove(key);
            if (told != null) {
                Found found = new Found(addresses, why(outcome.trouble()));
                told.forEach(receiver -> loop.execute(() -> receiver.accept(found)));
            }
        }

        private Duration holds(List<Reply.Found> found) {
            return valid.orElseGet(() -> Duration.ofSeconds(
                    found.stream().mapToLong(Reply.Found::seconds).min().orElse(0)));
        }
    }
}
