package dev.fairlead.engine.generation;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Shared;
import dev.fairlead.engine.http.ExchangeEntry;
import dev.fairlead.engine.http1.ListenerSlot.Service;
import dev.fairlead.engine.net.ListeningSocket;
import dev.fairlead.engine.stream.StreamEntry;
import dev.fairlead.engine.stream.StreamSlot;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.engine.tls.LiveCertificates;
import dev.fairlead.engine.tls.ServerTls;
import dev.fairlead.engine.upstream.server.UnknownHost;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.stream.StreamListener;
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

    private Provisioned(Plan plan) {
        this.plan = plan;
    }

    /// @param present addresses that are listened on already
    /// @param given sockets that listen already
    /// @throws PlanRefused with everything that is wrong; what was opened is closed again
    static Provisioned make(
            Plan plan, PlanCompiler compiler, Shared shared, Clock clock, Set<Address> present, GivenSockets given)
            throws PlanRefused {
        Problems problems = new Problems();
        Provisioned made = new Provisioned(plan);
        Function<HttpListener, ExchangeEntry> entries = compiler.begin(plan, problems, shared, clock);
        for (HttpListener listener : plan.http().listeners()) {
            made.compile(listener, entries, problems, shared);
        }
        made.compileStreams(shared, clock, problems);
        SharedSockets.gather(made.listeners);
        if (!problems.hasErrors()) {
            made.listeners.values().forEach(ready -> made.open(ready.listener(), present, given, problems));
        }
        if (problems.hasErrors()) {
            made.drop();
            throw new PlanRefused(problems);
        }
        return made;
    }

    private void compile(
            HttpListener listener, Function<HttpListener, ExchangeEntry> entries, Problems problems, Shared shared) {
        ExchangeEntry entry = entries.apply(listener);
        LiveCertificates live = shared.part(LiveCertificates.class, LiveCertificates::new);
        Optional<ServerTls> tls = listener.tls() ? ServerTls.compile(listener, problems, live) : Optional.empty();
        add(new Ready.Http(listener, new Service(entry, tls, listener.proxyProtocol(), Map.of())), problems);
    }

    private void compileStreams(Shared shared, Clock clock, Problems problems) {
        Texts texts = new Texts(plan.stream().variableSlots(), problems, shared, clock);
        CompileContext context = new CompileContext(problems, shared, texts, clock);
        StreamEntry.Compiler compiler = StreamEntry.compiler(context);
        for (StreamListener listener : plan.stream().listeners()) {
            add(new Ready.Stream(listener, StreamSlot.Served.everywhere(compiler.compile(listener))), problems);
        }
    }

    /// HTTP listeners of an address are one by now, whichever part of a configuration asks for them.
    private void add(Ready ready, Problems problems) {
        Ready other = listeners.putIfAbsent(ready.listener().address(), ready);
        if (other != null) {
            problems.error(
                    "listen.duplicate",
                    ready.listener().origin(),
                    ready.listener().address().text() + " is listened on twice",
                    "first at " + other.listener().origin().fileAndLine());
        }
    }

    private void open(Listener listener, Set<Address> present, GivenSockets given, Problems problems) {
        Address address = listener.address();
        if (present.contains(address) || opened.containsKey(address)) {
            return;
        }
        String text = text(address);
        try {
            opened.put(address, socket(listener, given, text));
        } catch (OsException refused) {
            problems.error(
                    "listen.bind",
                    listener.origin(),
                    "bind() to " + text + " failed (" + refused.errno() + ": " + refused.reason() + ")");
        } catch (UnknownHostException unknown) {
            problems.add(UnknownHost.of(listener));
        }
    }

    private static ListeningSocket socket(Listener listener, GivenSockets given, String text)
            throws OsException, UnknownHostException {
        Address address = listener.address();
        Optional<Integer> numbered = listener.options().descriptor();
        Integer descriptor = given.descriptors().get(text);
        // An earlier program may have had it under the number that the configuration says; here it has another.
        if (descriptor == null && numbered.isPresent()) {
            return ListeningSocket.borrow(address, numbered.get());
        }
        if (descriptor == null) {
            return ListeningSocket.open(address, listener.options());
        }
        return numbered.isPresent() || given.lent().contains(text)
                ? ListeningSocket.borrow(address, descriptor)
                : ListeningSocket.adopt(address, descriptor);
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
