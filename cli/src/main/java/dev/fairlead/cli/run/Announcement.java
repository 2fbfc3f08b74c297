package dev.fairlead.cli.run;

import dev.fairlead.cli.stack.Layout;
import dev.fairlead.model.status.ApplicationStatus;
import dev.fairlead.model.status.HopStatus;
import dev.fairlead.model.status.ListenerStatus;
import dev.fairlead.model.status.StackStatus;
import dev.fairlead.model.status.UnitStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What `up` tells people when a stack begins to run.
final class Announcement {
    private Announcement() {}

    /// Which files were found.
    static String found(Layout layout) {
        StringBuilder out = new StringBuilder("found in " + layout.location() + "\n");
        layout.found().forEach(line -> out.append("  ").append(line).append('\n'));
        return out.toString();
    }

    /// What listens where, which units run, and what to open.
    ///
    /// @param millis from the start of the program until now
    static String running(StackStatus status, long millis) {
        StringBuilder out = new StringBuilder();
        List<ListenerStatus> listeners = status.traffic().listeners();
        if (!listeners.isEmpty()) {
            out.append("listening\n");
            for (ListenerStatus listener : listeners) {
                out.append("  ").append(listener.tls() ? "https  " : "http   ");
                out.append(padded(listener.address(), 22)).append("  ").append(listener.origin());
                out.append('\n');
            }
        }
        if (!status.traffic().hops().isEmpty()) {
            out.append("without sockets\n");
            for (HopStatus hop : status.traffic().hops()) {
                out.append("  ").append(hop.from()).append(" -> ").append(padded(hop.to(), 22));
                out.append(" -> ").append(hop.listener()).append('\n');
            }
        }
        if (!status.applications().isEmpty()) {
            out.append("applications\n");
            for (ApplicationStatus application : status.applications()) {
                out.append("  ").append(padded(application.name(), 22)).append("  ");
                out.append(application.target()).append("  ").append(application.kind());
                out.append(", workers: ").append(application.workers().size()).append('\n');
            }
        }
        if (!status.units().isEmpty()) {
            out.append("units\n");
            for (UnitStatus unit : status.units()) {
                out.append("  ").append(padded(unit.name(), 30)).append("  ");
                out.append(unit.activity().word())
                        .append(" (")
                        .append(unit.subState())
                        .append(')');
                unit.mainPid().ifPresent(pid -> out.append("  pid ").append(pid));
                unit.problem().ifPresent(problem -> out.append("  ").append(problem));
                out.append('\n');
            }
        }
        link(listeners, status.traffic().hops())
                .ifPresent(url -> out.append("open   ").append(url).append('\n'));
        out.append("ready in ").append(millis).append(" ms\n");
        return out.toString();
    }

    /// A link that works on this machine, from the first listener that has one. One for everybody counts more
    /// than one for this machine, which may be there for other parts of the stack; and where no other part leads
    /// to it more than where one does.
    static Optional<String> link(List<ListenerStatus> listeners, List<HopStatus> hops) {
        Set<String> inner = hops.stream().map(HopStatus::listener).collect(Collectors.toSet());
        return listeners.stream()
                .filter(listener -> !listener.address().startsWith("unix:"))
                .min(Comparator.comparing((ListenerStatus listener) -> isLocal(listener.address()))
                        .thenComparing(listener -> inner.contains(listener.origin())))
                .map(Announcement::link);
    }

    private static boolean isLocal(String address) {
        return address.startsWith("127.") || address.startsWith("[::1]") || address.startsWith("localhost:");
    }

    private static String link(ListenerStatus listener) {
        int colon = listener.address().lastIndexOf(':');
        String host = listener.address().substring(0, colon);
        String port = listener.address().substring(colon + 1);
        boolean everywhere = host.equals("*") || host.equals("0.0.0.0") || host.equals("[::]") || host.equals("::");
        String shown = everywhere || host.equals("127.0.0.1") || host.equals("[::1]") ? "localhost" : host;
        boolean usual = port.equals(listener.tls() ? "443" : "80");
        return (listener.tls() ? "https://" : "http://") + shown + (usual ? "/" : ":" + port + "/");
    }

    private static String padded(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }
}
