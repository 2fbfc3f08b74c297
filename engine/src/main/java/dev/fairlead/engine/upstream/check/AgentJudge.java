package dev.fairlead.engine.upstream.check;

import dev.fairlead.engine.upstream.server.Agency;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.Orders;
import dev.fairlead.model.control.ServerCommand;
import dev.fairlead.model.upstream.Duty;
import dev.fairlead.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what an agent says: `up`, `down`, `failed`, `stopped`; `ready`, `drain`, `maint`; a share such as `75%`;
/// `maxconn:30`; several of them in a line, and behind `#` why. An agent that does not answer changes nothing.
final class AgentJudge implements Judge {
    private static final Logger LOG = LoggerFactory.getLogger(AgentJudge.class);
    private static final String LIMIT = "maxconn:";

    private final Clock clock;
    private final Agency agency;

    AgentJudge(HealthWatch.Order order, Clock clock) {
        this.clock = clock;
        this.agency = order.member().state().agency();
    }

    @Override
    public boolean rests(Member member) {
        return agency.isUnasked() || !member.state().place().isKnown();
    }

    @Override
    public void begins() {}

    @Override
    public void judge(HealthWatch.Order order, Talk.Verdict verdict, long tookNanos) {
        if (!(verdict instanceof Talk.Verdict.Said(String words))) {
            return;
        }
        int reason = words.indexOf('#');
        String orders = reason < 0 ? words : words.substring(0, reason);
        for (String word : orders.strip().split("[\\s,;]+", -1)) {
            obey(word.toLowerCase(Locale.ROOT), order);
        }
        agency.said(words.strip(), tookNanos);
    }

    private void obey(String word, HealthWatch.Order order) {
        if (word.endsWith("%")) {
            number(word.substring(0, word.length() - 1), word, order, ServerCommand.ScaleWeight::new);
            return;
        }
        if (word.startsWith(LIMIT)) {
            number(word.substring(LIMIT.length()), word, order, ServerCommand.SetMaxConnections::new);
            return;
        }
        switch (word) {
            case "" -> {}
            case "up" -> health(true, word, order);
            case "down", "failed", "fail", "stopped" -> health(false, word, order);
            case "ready" -> tell(new ServerCommand.SetDuty(Duty.READY), order);
            case "drain" -> tell(new ServerCommand.SetDuty(Duty.DRAIN), order);
            case "maint" -> tell(new ServerCommand.SetDuty(Duty.MAINTENANCE), order);
            default -> LOG.warn("the agent of {} says {}, which means nothing", name(order), word);
        }
    }

    private void health(boolean isUp, String word, HealthWatch.Order order) {
        if (agency.isDown() == isUp) {
            LOG.info(
                    "server {}: its agent says {} [{}]",
                    name(order),
                    word,
                    order.check().origin().fileAndLine());
            tell(new ServerCommand.SetAgentHealth(isUp), order);
        }
    }

    private void number(String digits, String word, HealthWatch.Order order, IntFunction<ServerCommand> command) {
        if (digits.matches("\\d{1,6}")) {
            tell(command.apply(Integer.parseInt(digits)), order);
        } else {
            LOG.warn("the agent of {} says {}, which is no number", name(order), word);
        }
    }

    private void tell(ServerCommand command, HealthWatch.Order order) {
        Orders.carryOut(command, order.group(), order.member(), clock.monotonicNanos());
    }

    private static String name(HealthWatch.Order order) {
        return order.group().name() + "/" + order.member().name();
    }

    @Override
    public Duration interval(HealthWatch.Order order) {
        return order.check().pace().interval();
    }
}
