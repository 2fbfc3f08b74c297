package dev.fairlead.cli.lint;

import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.time.Clock;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// The rules for what is allowed and rarely meant that look at what a stack's files come to, whatever dialect
/// they are in, and at all of its parts together. What only one dialect has is looked at by rules of its own.
public final class StackLint {
    private static final List<String> IDS = List.of(
            TimeoutLint.INVERTED,
            TimeoutLint.DAY,
            CertificateLint.UNREADABLE,
            CertificateLint.EXPIRY,
            CertificateLint.MISMATCH,
            CertificateLint.SHORT,
            TlsLint.OLD,
            TlsLint.UNVERIFIED,
            PortLint.UNHEARD,
            PortLint.UNASKED,
            RuleLint.UNREACHED,
            UpstreamLint.UNUSED,
            AddressLint.LOST,
            AddressLint.TWICE,
            AddressLint.TRUST,
            StatusLint.OPEN,
            OrderLint.CYCLE,
            JobLint.NEVER,
            JobLint.EVENT,
            JobLint.UNLIMITED,
            JobLint.EXPECT,
            JobLint.SU,
            JobLint.CONSOLE);

    private StackLint() {}

    /// Ids as they appear behind a problem.
    public static SequencedSet<String> ids() {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(IDS));
    }

    /// @param stack without errors, listening where its configuration says
    public static List<Diagnostic> look(CompiledStack stack, Clock clock) {
        Plan plan = stack.plan().orElse(Plan.EMPTY);
        Problems problems = new Problems();
        new CertificateLint(clock.wallMillis(), problems).look(plan);
        new TlsLint(problems).look(plan);
        PortLint.look(plan, stack.units(), problems);
        TimeoutLint.look(plan, problems);
        new RuleLint(problems).look(plan);
        UpstreamLint.look(plan, problems);
        new AddressLint(plan, problems).look();
        StatusLint.look(plan, problems);
        OrderLint.look(stack, problems);
        JobLint.look(stack, problems);
        return problems.all();
    }
}
