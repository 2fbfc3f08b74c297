package dev.fairlead.engine.upstream.name;

import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.NameServers;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks name servers once for one name: all of them at once or one after the other, several times, and another
/// question where there is no answer to the first. Belongs to one event loop.
final class Inquiry {
    private final Asked of;
    private final List<Question> questions;
    private final boolean isPatient;
    private final EventLoop loop;
    private final Consumer<Outcome> receiver;
    private final List<AskedServer.Call> calls = new ArrayList<>();
    private List<AskedServer> asked = List.of();
    private Reply.Trouble trouble = Reply.Trouble.SILENT;
    private @Nullable ScheduledFuture<?> timer;
    private int stage;
    private int turn;
    private int triesLeft;
    private int heard;
    private boolean isOver;

    /// Who is asked.
    ///
    /// @param servers in the section's order
    /// @param first whose turn it is to be asked first
    record Asked(NameServers by, List<AskedServer> servers, AtomicInteger first) {
        static Asked of(NameServers by, List<NameServerCounts> counts) {
            return new Asked(by, AskedServer.all(by, counts), new AtomicInteger());
        }
    }

    /// What came of it.
    ///
    /// @param found empty if there was no answer of use
    /// @param trouble why
    /// @param told who said the last of it; null if nobody did
    record Outcome(
            List<Reply.Found> found,
            Reply.Trouble trouble,
            @Nullable AskedServer told) {
        private static Outcome none(Reply.Trouble trouble) {
            return new Outcome(List.of(), trouble, null);
        }

        /// Both, and the trouble of the other.
        private Outcome and(Outcome other) {
            List<Reply.Found> all = new ArrayList<>(found);
            all.addAll(other.found);
            return new Outcome(all, other.trouble, other.told == null ? told : other.told);
        }
    }

    private Inquiry(Asked of, List<Question> questions, boolean isPatient, EventLoop loop, Consumer<Outcome> receiver) {
        this.of = of;
        this.questions = questions;
        this.isPatient = isPatient && !of.by().asksInTurn();
        this.loop = loop;
        this.receiver = receiver;
        this.triesLeft = of.by().tries() - 1;
        this.turn = of.first().getAndIncrement();
    }

    /// What is asked for a name.
    ///
    /// @param isForAll whether each question is asked, all at the same time; else only until one has an answer
    record Plan(List<Question> questions, boolean isForAll) {
        /// For the addresses of a host; empty for what is no name.
        static Optional<Plan> hosts(String name, NameLookup.Family family) {
            Optional<Question> four = Question.about(name, DnsRecordType.A);
            Optional<Question> six = Question.about(name, DnsRecordType.AAAA);
            if (four.isEmpty() || six.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    switch (family) {
                        case IPV6_FIRST -> new Plan(List.of(six.get(), four.get()), false);
                        case IPV4_FIRST -> new Plan(List.of(four.get(), six.get()), false);
                        case BOTH -> new Plan(List.of(four.get(), six.get()), true);
                        case IPV4 -> new Plan(List.of(four.get()), false);
                        case IPV6 -> new Plan(List.of(six.get()), false);
                    });
        }
    }

    /// @param isPatient whether they are asked again where all have answered, none with anything of use, as long as
    ///     there are tries left
    /// @param receiver told once on the loop, after this returned
    /// @return what ends it, without the receiver being told
    static Runnable begin(Asked of, Plan plan, boolean isPatient, EventLoop loop, Consumer<Outcome> receiver) {
        if (!plan.isForAll()) {
            Inquiry inquiry = new Inquiry(of, plan.questions(), isPatient, loop, receiver);
            inquiry.ask();
            return inquiry::stop;
        }
        List<Inquiry> all = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (Question question : plan.questions()) {
            all.add(new Inquiry(of, List.of(question), false, loop, outcome -> {
                outcomes.add(outcome);
                if (outcomes.size() == plan.questions().size()) {
                    receiver.accept(outcomes.stream().reduce(Outcome::and).orElse(Outcome.none(Reply.Trouble.EMPTY)));
                }
            }));
        }
        all.forEach(Inquiry::ask);
        return () -> all.forEach(Inquiry::stop);
    }

    private void stop() {
        isOver = true;
        hangUp();
    }

    private void hangUp() {
        calls.forEach(AskedServer.Call::end);
        calls.clear();
        ScheduledFuture<?> planned = timer;
        if (planned != null) {
            planned.cancel(false);
        }
    }

    private void ask() {
        hangUp();
        heard = 0;
        List<AskedServer> all = of.servers();
        asked = of.by().asksInTurn() ? List.of(all.get(Math.floorMod(turn, all.size()))) : all;
        turn++;
        timer = loop.schedule(this::nobodyElse, of.by().patience().toNanos(), TimeUnit.NANOSECONDS);
        Question question = questions.get(stage);
        for (AskedServer server : asked) {
            calls.add(server.ask(question, loop, reply -> answered(server, reply)));
        }
    }

    private void answered(AskedServer server, Reply reply) {
        if (isOver) {
            return;
        }
        heard++;
        switch (reply) {
            case Reply.Found found -> ends(new Outcome(List.of(found), trouble, server));
            case Reply.Nothing(Reply.Trouble why) -> {
                trouble = why;
                if (heard >= asked.size()) {
                    nothing();
                }
            }
        }
    }

    /// All have answered, none with anything of use.
    private void nothing() {
        if (stage + 1 < questions.size()) {
            stage++;
            ask();
        } else if (triesLeft <= 0 || !isPatient) {
            ends(Outcome.none(trouble));
        }
        // Else they are asked again when the time for an answer is over.
    }

    private void nobodyElse() {
        boolean isLast = stage + 1 >= questions.size();
        if (heard == 0) {
            asked.forEach(server -> server.counts().silent());
        }
        if (triesLeft <= 0) {
            ends(Outcome.none(heard == 0 ? Reply.Trouble.SILENT : trouble));
        } else if (heard == 0 || isLast) {
            stage = 0;
            triesLeft--;
            ask();
        } else {
            stage++;
            ask();
        }
    }

    private void ends(Outcome outcome) {
        stop();
        receiver.accept(outcome);
    }
}
