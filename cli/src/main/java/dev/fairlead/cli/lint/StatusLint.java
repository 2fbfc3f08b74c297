package dev.fairlead.cli.lint;

import dev.fairlead.model.http.Access;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.plan.Ending;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.source.Problems;

/// Pages about the program itself that everyone may see.
final class StatusLint {
    static final String OPEN = "lint.open-status";

    private StatusLint() {}

    static void look(Plan plan, Problems problems) {
        Once once = new Once();
        for (Ending ending : Ending.of(plan)) {
            boolean isStatus = ending.action() instanceof Action.ReportCounters && isPublic(ending.listener());
            if (isStatus && !isGuarded(ending) && once.isNew(ending.action().origin())) {
                problems.warning(
                        OPEN,
                        ending.action().origin(),
                        "everyone sees how much this site is used",
                        "allow 127.0.0.1; deny all;");
            }
        }
    }

    private static boolean isGuarded(Ending ending) {
        Access access = ending.settings().access();
        return ending.rules().stream().anyMatch(StatusLint::refuses)
                || access.basic().isPresent()
                || access.inquiry().isPresent()
                || access.rules().stream()
                        .anyMatch(rule -> !rule.allow() && rule.range() instanceof AddressRange.Everyone);
    }

    private static boolean refuses(Rule rule) {
        return switch (rule) {
            case Rule.When when -> when.then().stream().anyMatch(StatusLint::refuses);
            case Rule.Answer answer -> answer.status() >= 400;
            case Rule.Challenge challenge -> true;
            case Rule.Respond respond -> respond.status() >= 400;
            case Rule.Assign assign -> false;
            case Rule.Rewrite rewrite -> false;
            case Rule.Stop stop -> false;
            case Rule.Enter enter -> false;
            case Rule.EditField edit -> false;
            case Rule.EditTarget edit -> false;
            case Rule.Delay delay -> false;
            case Rule.Track track -> false;
            case Rule.Count count -> false;
            case Rule.ChangeList change -> false;
            case Rule.Normalise normalise -> false;
            case Rule.Hint hint -> false;
            case Rule.AwaitBody await -> false;
            case Rule.Resolve resolve -> false;
            case Rule.Clear clear -> false;
        };
    }

    private static boolean isPublic(HttpListener listener) {
        return listener.address() instanceof Address.Tcp tcp && (tcp.isEveryAddress() || !PortLint.isHere(tcp));
    }
}
