package dev.fairlead.engine.generation;

import dev.fairlead.engine.app.WorkerRegister;
import dev.fairlead.engine.compile.Shared;
import dev.fairlead.engine.connection.SessionFacts;
import dev.fairlead.engine.connection.Traffic;
import dev.fairlead.engine.explain.Explainer;
import dev.fairlead.engine.http1.LoopStates;
import dev.fairlead.engine.log.Logs;
import dev.fairlead.engine.net.Acceptor;
import dev.fairlead.engine.net.Gate;
import dev.fairlead.engine.net.ListeningSocket;
import dev.fairlead.engine.net.Loops;
import dev.fairlead.engine.report.TrafficReport;
import dev.fairlead.engine.stick.Tables;
import dev.fairlead.engine.stream.StreamLoops;
import dev.fairlead.engine.tally.Tallies;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.engine.text.LiveLists;
import dev.fairlead.engine.text.ProcessVariables;
import dev.fairlead.engine.tls.LiveCertificates;
import dev.fairlead.engine.upstream.Upstreams;
import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.control.ServerCommand;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.plan.Link;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.roster.Section;
import dev.fairlead.model.status.HopStatus;
import dev.fairlead.model.status.TrafficStatus;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.os.Descriptors;
import dev.fairlead.os.OsException;
import dev.fairlead.time.Clock;
import dev.fairlead.worker.WorkerGate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Runs a plan's traffic. A reload compiles and opens everything first and then replaces what serves each
/// listener: sockets that stay are kept, connections that are open stay open, and the next request on them is
/// served by the new plan. A plan that cannot run changes nothing. Safe for use by several threads; changes
/// happen one at a time.
public final class Engine implements AutoCloseable {
    private final Clock clock;
    private final Loops loops;
    private final Shared shared;
    private final PlanCompiler compiler;
    private final LoopStates states;
    private final StreamLoops streams;
    private final Doors doors;
    private final Map<Address, RunningListener> listeners = new LinkedHashMap<>();
    private final Tallies tallies;
    private final Rooms rooms;
    private final long startedNanos;
    private @Nullable Future<?> ticking;
    private Plan plan = Plan.EMPTY;
    private int generation;
    private long sinceMillis;
    private @Nullable WorkerRegister register;
    private boolean isClosed;

    private Engine(Plan first, EngineOptions options, PlanCompiler compiler) {
        int processors = Runtime.getRuntime().availableProcessors();
        int count = options.loops().or(() -> first.runtime().loops()).orElse(processors);
        this.clock = Loops.clock(options.clock());
        this.compiler = compiler;
        this.loops = Loops.start(Math.max(1, count));
        this.shared = new Shared();
        this.tallies = shared.part(Tallies.class, Tallies::new);
        this.rooms = new Rooms(tallies, clock);
        this.startedNanos = clock.monotonicNanos();
        Traffic traffic = shared.part(Traffic.class, Traffic::new);
        this.states = new LoopStates(loops, clock, traffic, first.runtime().maxConnections());
        this.streams = new StreamLoops(loops, clock, shared, first.runtime().maxConnections());
        this.doors = new Doors(states, streams);
    }

    /// @throws PlanRefused if the plan cannot run; then nothing was started
    public static Engine start(Plan plan, Clock clock) throws PlanRefused {
        return start(plan, EngineOptions.of(clock));
    }

    /// @throws PlanRefused if the plan cannot run; then nothing was started, and inherited sockets are still open
    public static Engine start(Plan plan, EngineOptions options) throws PlanRefused {
        return start(plan, options, PlanCompiler.routing());
    }

    static Engine start(Plan plan, EngineOptions options, PlanCompiler compiler) throws PlanRefused {
        Engine engine = new Engine(plan, options, compiler);
        try {
            engine.load(plan, options.given());
        } catch (PlanRefused refused) {
            engine.loops.close();
            throw refused;
        }
        engine.closeUnused(options.given().descriptors());
        return engine;
    }

    /// Finds out whether the plan could run: reads what it names, binds its addresses and lets go of them again.
    ///
    /// @throws PlanRefused if it could not
    public static void test(Plan plan, Clock clock) throws PlanRefused {
        Provisioned.make(plan, PlanCompiler.routing(), new Shared(), clock, Set.of(), GivenSockets.NONE)
                .drop();
    }

    /// Replaces the plan.
    ///
    /// @throws PlanRefused if the new one cannot run; then the old one goes on
    public void reload(Plan next) throws PlanRefused {
        load(next, GivenSockets.NONE);
    }

    private synchronized void load(Plan next, GivenSockets given) throws PlanRefused {
        if (isClosed) {
            throw new IllegalStateException("the engine is closed");
        }
        tallies.expect(next.roster());
        rooms.expect(next.roster());
        lists().prepare();
        certificates().prepare();
        Provisioned ready = Provisioned.make(next, compiler, shared, clock, Set.copyOf(listeners.keySet()), given);
        activate(ready, next);
        lists().adopt();
        certificates().adopt();
        plan = next;
        showReport();
        generation++;
        sinceMillis = clock.wallMillis();
    }

    /// Shows what runs under the names of the plan.
    private void showReport() {
        Upstreams upstreams = shared.part(Upstreams.class, Upstreams::new);
        shared.part(TrafficReport.class, TrafficReport::new)
                .show(plan.roster(), tallies, upstreams, clock, open(), startedNanos, loopCount(), traffic());
        plan.roster()
                .sections()
                .forEach(section ->
                        upstreams.facts(section.name(), clock).forEach(server -> tallies.watch(server.tally())));
        if (!plan.roster().isEmpty() && ticking == null) {
            long period = Tallies.periodMillis();
            ticking = loops.all().getFirst().scheduleAtFixedRate(tallies::tick, period, period, TimeUnit.MILLISECONDS);
        }
    }

    private Set<Address> open() {
        return listeners.entrySet().stream()
                .filter(entry -> !entry.getValue().isSuspended())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void activate(Provisioned ready, Plan next) {
        ready.listeners().forEach((address, wanted) -> {
            RunningListener running = listeners.get(address);
            if (running != null) {
                running.replace(wanted, doors, rooms);
            } else {
                ListeningSocket socket = ready.opened().get(address);
                if (socket != null) {
                    listeners.put(address, accept(socket, wanted));
                }
            }
        });
        Set<Address> gone = new HashSet<>(listeners.keySet());
        gone.removeAll(ready.listeners().keySet());
        Upstreams upstreams = shared.part(Upstreams.class, Upstreams::new);
        upstreams.handovers().replace(Insiders.of(next.links(), listeners), Insiders.elsewhere(next.detours()));
        upstreams.settle(upstreams(next), next.roster().nameServers(), loops.all(), clock);
        for (Address address : gone) {
            RunningListener removed = listeners.remove(address);
            if (removed != null) {
                removed.remove();
            }
        }
        if (!gone.isEmpty()) {
            states.closeIdle();
        }
    }

    private RunningListener accept(ListeningSocket socket, Ready ready) {
        Door door = doors.open(ready);
        Entrance entrance = new Entrance(door.connections());
        Gate gate = new Gate();
        gate.leadTo(rooms.of(ready.listener().address()));
        Acceptor acceptor = Acceptor.start(loops, socket, ready.listener().options(), gate, entrance);
        return new RunningListener(acceptor, gate, entrance, door, ready.listener());
    }

    private void closeUnused(Map<String, Integer> inherited) {
        Set<String> used = new HashSet<>();
        listeners.keySet().forEach(address -> used.add(Provisioned.text(address)));
        inherited.forEach((text, descriptor) -> {
            if (!used.contains(text)) {
                Descriptors.close(descriptor);
            }
        });
    }

    public synchronized TrafficStatus status() {
        Traffic traffic = shared.part(Traffic.class, Traffic::new);
        return new TrafficStatus(
                generation,
                sinceMillis,
                traffic.active(),
                traffic.accepted(),
                traffic.requests(),
                listeners.values().stream().map(RunningListener::status).toList(),
                shared.part(Upstreams.class, Upstreams::new).status(upstreams(plan), clock),
                plan.links().stream().map(Engine::hop).toList());
    }

    private static List<Upstream> upstreams(Plan plan) {
        return Stream.concat(plan.http().upstreams().stream(), plan.stream().upstreams().stream())
                .toList();
    }

    private static HopStatus hop(Link link) {
        return new HopStatus(
                link.forward().fileAndLine(), link.to().text(), link.listening().fileAndLine());
    }

    /// Explains requests with its servers as they are at this moment.
    ///
    /// @param plan the one that runs, or the same as it was before its listeners were moved
    public Explainer explainer(Plan plan) {
        return new Explainer(plan, clock, shared);
    }

    /// Tells a server of an upstream something, on behalf of an operator. It holds over reloads.
    ///
    /// @param server its name, or its address as status shows it
    public synchronized Outcome tell(String upstream, String server, ServerCommand command) {
        boolean isKnown = shared.part(Upstreams.class, Upstreams::new).tell(upstream, server, command, clock);
        return isKnown
                ? new Outcome.Done(upstream + "/" + server + " was told")
                : new Outcome.Unknown("there is no server " + server + " in upstream " + upstream);
    }

    /// Counts of the name servers that are asked for servers, as HAProxy shows them.
    ///
    /// @param section empty for all
    /// @return empty if there is no such section
    public Optional<String> nameServers(String section) {
        return shared.part(Upstreams.class, Upstreams::new).names().lines(section);
    }

    /// What runs, part by part, under the names of the plan.
    public TrafficReport report() {
        return shared.part(TrafficReport.class, TrafficReport::new);
    }

    /// How many event loops run.
    public int loopCount() {
        return loops.all().size();
    }

    /// The tables of counters by key.
    public Tables tables() {
        return shared.part(Tables.class, Tables::new);
    }

    /// The lists and maps that may change while the plan runs.
    public LiveLists lists() {
        return shared.part(LiveLists.class, LiveLists::new);
    }

    /// The certificates that listeners show.
    public LiveCertificates certificates() {
        return shared.part(LiveCertificates.class, LiveCertificates::new);
    }

    /// The variables of the process that rules ask for.
    public ProcessVariables variables() {
        return shared.part(ProcessVariables.class, ProcessVariables::new);
    }

    /// Connections and requests since the program started.
    public Traffic traffic() {
        return shared.part(Traffic.class, Traffic::new);
    }

    /// Client connections that have a request, or are passed on. Not to be called on an event loop.
    public List<SessionFacts> sessions() {
        List<SessionFacts> all = new ArrayList<>(Steering.sessions(states.sessions()));
        all.addAll(Steering.sessions(streams.sessions()));
        return all;
    }

    /// Ends such connections by what is known of them. Not to be called on an event loop.
    ///
    /// @return how many there were
    public int endSessions(Predicate<SessionFacts> wanted) {
        return Steering.sum(states.end(wanted)) + Steering.sum(streams.end(wanted));
    }

    /// Closes the sockets that a front of the plan's roster listens on; connections stay.
    ///
    /// @return how many were open
    public synchronized int suspend(Section.Front front) {
        int count = 0;
        for (Address address : front.addresses()) {
            RunningListener running = listeners.get(address);
            if (running != null && !running.isSuspended()) {
                running.suspend();
                count++;
            }
        }
        showReport();
        return count;
    }

    /// Listens on them again.
    ///
    /// @return how many were closed
    /// @throws IOException if somebody else listens there meanwhile
    public synchronized int resume(Section.Front front) throws IOException {
        int count = 0;
        for (Address address : front.addresses()) {
            RunningListener running = listeners.get(address);
            if (running != null && running.isSuspended()) {
                running.resume(loops);
                count++;
            }
        }
        showReport();
        return count;
    }

    /// Lets a front take so many connections at once; the rest wait. Over reloads.
    ///
    /// @param most 0 for what the plan says
    public void limit(String front, int most) {
        Tally tally = tallies.front(front);
        if (tally != null) {
            tally.limit(most);
            rooms.reconsider();
        }
    }

    /// What holds for all connections together is another number from now on.
    public void limitsChanged() {
        rooms.reconsider();
    }

    /// Stops listening for a front for good, until a reload.
    public synchronized void shut(Section.Front front) {
        for (Address address : front.addresses()) {
            RunningListener removed = listeners.remove(address);
            if (removed != null) {
                removed.remove();
            }
        }
        showReport();
        states.closeIdle();
    }

    /// Connections on which part of a request head has come.
    long reading() {
        return shared.part(Traffic.class, Traffic::new).reading();
    }

    /// Where the plan's listeners really listen, by the address the plan gives.
    public synchronized Map<Address, Address> boundAddresses() {
        Map<Address, Address> bound = new LinkedHashMap<>();
        listeners.forEach((address, listener) -> bound.put(address, listener.boundAddress()));
        return bound;
    }

    /// Descriptors of all listening sockets by address as text, for handing them to the next program. They stay
    /// the engine's.
    public synchronized Map<String, Integer> listeningDescriptors() {
        Map<String, Integer> descriptors = new HashMap<>();
        listeners.forEach((address, listener) -> descriptors.put(
                Provisioned.text(address), listener.acceptor().socket().descriptor()));
        return descriptors;
    }

    /// The workers of applications: for their master. The first call opens the doors that they connect to.
    public synchronized WorkerGate workers() {
        WorkerRegister present = register;
        if (present == null) {
            present = WorkerRegister.open(loops.all(), clock, shared);
            register = present;
        }
        return present;
    }

    /// Opens log files again by their names, as after a rotation.
    public void reopenLogs() {
        Logs.of(shared).reopen();
    }

    /// Closes the plan's listening sockets. Connections stay.
    public synchronized void stopAccepting() {
        listeners.values().forEach(listener -> listener.acceptor().close());
        listeners.clear();
    }

    /// Stops accepting, and leaves the sockets open for whoever accepts from them next: connections wait in them
    /// meanwhile. To be followed by [#drain], and by [#goOn] where nobody comes.
    ///
    /// @return second descriptors of them by address as text, for [EngineOptions#inherited]; they are the
    ///     caller's
    public synchronized Map<String, Integer> handOver() throws OsException {
        Map<String, Integer> left = new LinkedHashMap<>();
        for (Map.Entry<Address, RunningListener> entry : listeners.entrySet()) {
            if (!entry.getValue().isSuspended()) {
                int descriptor = entry.getValue().acceptor().socket().descriptor();
                left.put(Provisioned.text(entry.getKey()), Descriptors.duplicate(descriptor));
            }
        }
        leaveListeners();
        return left;
    }

    /// Accepts again, from sockets that were handed over in vain.
    public synchronized void goOn(Map<String, Integer> sockets) throws PlanRefused {
        states.goOn();
        streams.goOn();
        load(plan, new GivenSockets(sockets, Set.of()));
    }

    /// Has the logs written that requests have left so far.
    public CompletionStage<Void> flushLogs() {
        return Logs.of(shared).flush();
    }

    /// As [#stopAccepting()], but another process goes on listening on the same sockets: files of unix sockets
    /// stay.
    public synchronized void leaveListeners() {
        listeners.values().forEach(listener -> listener.acceptor().leave());
        listeners.clear();
    }

    /// Lets connections end: those that wait for a request at once, others behind their present one. To be called
    /// after [#stopAccepting()].
    ///
    /// @return whether all had ended within the time
    public boolean drain(Duration longest) throws InterruptedException {
        return drain(longest, Duration.ZERO);
    }

    /// As [#drain(Duration)], where whoever has a connection open may send another request on it for a while: it
    /// is told that the connection ends with the answer.
    ///
    /// @param grace how long connections may wait for that
    public boolean drain(Duration longest, Duration grace) throws InterruptedException {
        CountDownLatch ended = states.drain();
        if (grace.isZero() || !ended.await(grace.toNanos(), TimeUnit.NANOSECONDS)) {
            states.closeIdle();
        }
        CountDownLatch streamsEnded = streams.drain();
        long start = clock.monotonicNanos();
        return ended.await(longest.toNanos(), TimeUnit.NANOSECONDS)
                && streamsEnded.await(longest.toNanos() - (clock.monotonicNanos() - start), TimeUnit.NANOSECONDS);
    }

    /// Ends everything at once.
    @Override
    public void close() {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            stopAccepting();
        }
        shared.part(Upstreams.class, Upstreams::new).rest();
        loops.close();
        Logs.of(shared).finish();
    }
}
