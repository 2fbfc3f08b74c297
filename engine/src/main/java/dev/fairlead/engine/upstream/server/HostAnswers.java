package dev.fairlead.engine.upstream.server;

import dev.fairlead.model.net.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// What the system's resolver says of hosts: all of them are asked for at once, each one time, and what is not
/// answered in time is left. To be made by a thread that may wait.
public final class HostAnswers {
    /// Most questions at once. A resolver that is out of reach keeps each of them for some seconds.
    private static final int THREADS = 64;

    private final Map<String, Answer> answers;

    private HostAnswers(Map<String, Answer> answers) {
        this.answers = answers;
    }

    /// What is known of a host.
    public enum Answer {
        FOUND,
        UNKNOWN,
        /// Nothing, by the time that was set.
        LATE
    }

    /// How a host is looked up.
    @FunctionalInterface
    public interface Resolver {
        /// @throws UnknownHostException if nobody knows it
        void find(String host) throws UnknownHostException;
    }

    /// Asks the system's own resolver.
    ///
    /// @param most how long to wait for all answers together
    public static HostAnswers of(Collection<String> hosts, Duration most) {
        return of(hosts, InetAddress::getAllByName, most);
    }

    static HostAnswers of(Collection<String> hosts, Resolver resolver, Duration most) {
        List<String> names = hosts.stream().distinct().toList();
        if (names.isEmpty()) {
            return new HostAnswers(Map.of());
        }
        // The resolver cannot be interrupted: the program may end before its threads do.
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(THREADS, names.size()),
                Thread.ofPlatform().daemon().name("host-answers-", 0).factory());
        try {
            List<Callable<Answer>> questions = names.stream()
                    .<Callable<Answer>>map(name -> () -> ask(name, resolver))
                    .toList();
            List<Future<Answer>> told = threads.invokeAll(questions, most.toMillis(), TimeUnit.MILLISECONDS);
            Map<String, Answer> answers = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                answers.put(names.get(i), answer(told.get(i)));
            }
            return new HostAnswers(answers);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new HostAnswers(Map.of());
        } finally {
            threads.shutdownNow();
        }
    }

    private static Answer ask(String host, Resolver resolver) {
        try {
            resolver.find(host);
            return Answer.FOUND;
        } catch (UnknownHostException unknown) {
            return Answer.UNKNOWN;
        }
    }

    private static Answer answer(Future<Answer> told) throws InterruptedException {
        try {
            return told.get();
        } catch (CancellationException | ExecutionException late) {
            return Answer.LATE;
        }
    }

    /// @param host one of those that were asked for
    public Answer of(String host) {
        return answers.getOrDefault(host, Answer.LATE);
    }

    /// What is known of a place; a socket's file needs no name.
    public Answer of(Address address) {
        return switch (address) {
            case Address.Unix(String path) -> Answer.FOUND;
            case Address.Tcp(String host, int port) -> of(host);
        };
    }
}
