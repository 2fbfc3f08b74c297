package dev.fairlead.engine.generation;

import dev.fairlead.engine.compile.Shared;
import dev.fairlead.engine.http.ExchangeEntry;
import dev.fairlead.engine.http1.ListenerSlot.Service;
import dev.fairlead.engine.net.ListeningSocket;
import dev.fairlead.engine.tls.ServerTls;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.os.OsException;
import dev.fairlead.source.Problems;
import dev.fairlead.time.Clock;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A plan that is ready to run: everything compiled and read, the sockets open that were not open before. Until
/// it is activated nothing of it is seen, and it can be dropped.
final class Provisioned {
    private final Plan plan;
    private final Map<Address, Ready> listeners = new LinkedHashMap<>();
    private final Map<Address, ListeningSocket> opened = new LinkedHashMap<>();

    /// A listener and what serves it.
    record Ready(HttpListener listener, Service service) {}

    private Provisioned(Plan plan) {
        this.plan = plan;
    }

    /// @param present addresses that are listened on already
    /// @param inherited descriptors of sockets that listen already, by address
    /// @throws PlanRefused with everything that is wrong; what was opened is closed again
    static Provisioned make(
            Plan plan,
            PlanCompiler compiler,
            Shared shared,
            Clock clock,
            Set<Address> present,
            Map<String, Integer> inherited)
            throws PlanRefused {
        Problems problems = new Problems();
        Provisioned made = new Provisioned(plan);
        Function<HttpListener, ExchangeEntry> entries = compiler.begin(plan, problems, shared, clock);
        for (HttpListener listener : plan.http().listeners()) {
            made.compile(listener, entries, problems);
        }
        SharedSockets.gather(made.listeners);
        if (!problems.hasErrors()) {
            made.listeners.values().forEach(ready -> made.open(ready.listener(), present, inherited, problems));
        }
        if (problems.hasErrors()) {
            made.drop();
            throw new PlanRefused(problems);
        }
        return made;
    }

    private void compile(HttpListener listener, Function<HttpListener, ExchangeEntry> entries, Problems problems) {
        ExchangeEntry entry = entries.apply(listener);
        Optional<ServerTls> tls = listener.tls() ? ServerTls.compile(listener, problems) : Optional.empty();
        listeners.put(
                listener.address(), new Ready(listener, new Service(entry, tls, listener.proxyProtocol(), Map.of())));
    }

    private void open(HttpListener listener, Set<Address> present, Map<String, Integer> inherited, Problems problems) {
        Address address = listener.address();
        if (present.contains(address) || opened.containsKey(address)) {
            return;
        }
        String text = text(address);
        try {
            Integer descriptor = inherited.get(text);
            opened.put(
                    address,
                    descriptor == null
                            ? ListeningSocket.open(address, listener.options())
                            : ListeningSocket.adopt(address, descriptor));
        } catch (OsException refused) {
            problems.error(
                    "listen.bind",
                    listener.origin(),
                    "bind() to " + text + " failed (" + refused.errno() + ": " + refused.reason() + ")");
        } catch (UnknownHostException unknown) {
            problems.error("listen.host", listener.origin(), "host not found in \"" + address.text() + "\"");
        }
    }

    /// As it is bound: nginx and its users write every IPv4 address as zeros.
    static String text(Address address) {
        return switch (address) {
            case Address.Tcp tcp when tcp.host().equals("*") -> "0.0.0.0:" + tcp.port();
            case Address.Tcp tcp -> tcp.text();
            case Address.Unix unix -> unix.text();
        };
    }

    Plan plan() {
        return plan;
    }

    Map<Address, Ready> listeners() {
        return listeners;
    }

    /// Sockets that this plan needs and the last one did not have.
    Map<Address, ListeningSocket> opened() {
        return opened;
    }

    /// Closes what was opened.
    void drop() {
        opened.values().forEach(ListeningSocket::close);
        opened.clear();
    }
}
