package dev.fairlead.dialect.haproxy.build.workshop;

import dev.fairlead.dialect.haproxy.rule.Acls;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.text.Condition;
import dev.fairlead.source.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `tcp-request connection expect-proxy layer4`: as `accept-proxy` on all addresses of the frontend, or for some
/// clients
/// only.
public final class ExpectedHeaders {
    private static final String PROXY = "expect-proxy";
    private static final String NETSCALER = "expect-netscaler-cip";

    private ExpectedHeaders() {}

    /// Whether it is one of these actions.
    public static boolean isOne(Word action) {
        return action.is(PROXY) || action.is(NETSCALER);
    }

    /// Whether every connection begins with a header.
    public static boolean areExpected(Proxy front) {
        for (Entry entry : front.each("tcp-request connection")) {
            if (entry.arg(0).is("accept")) {
                return false;
            }
            if (entry.arg(0).is(PROXY) && !isConditional(entry)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isConditional(Entry entry) {
        return Acls.start(entry.args()) < entry.count();
    }

    /// Whether connections may begin with a header.
    public static boolean mayBe(Proxy front) {
        return front.each("tcp-request connection").stream()
                        .anyMatch(entry -> entry.arg(0).is(PROXY))
                || front.each("bind").stream()
                        .anyMatch(entry -> entry.args().stream().anyMatch(word -> word.is("accept-proxy")));
    }

    /// Which connections begin with a header, where not all do. Those that an `accept` in front lets in do not.
    public static Optional<Condition> where(Scene scene) {
        Proxy front = scene.front();
        if (areExpected(front) || !mayBe(front)) {
            return Optional.empty();
        }
        // What is wrong with a condition is told where rules are read.
        Acls acls = new Acls(front, scene.early(), new Problems());
        List<Condition> any = new ArrayList<>();
        List<Condition> before = new ArrayList<>();
        for (Entry entry : front.each("tcp-request connection")) {
            List<Word> words = entry.args();
            Word action = words.getFirst();
            if (!action.is(PROXY) && !action.is("accept")) {
                continue;
            }
            Condition condition = acls.condition(words.subList(Acls.start(words), words.size()))
                    .orElseGet(() -> new Condition.Always(true));
            if (action.is(PROXY)) {
                List<Condition> all = new ArrayList<>(List.of(condition));
                before.forEach(accepted -> all.add(new Condition.Not(accepted)));
                any.add(all.size() == 1 ? condition : new Condition.AllOf(all));
            } else {
                before.add(condition);
            }
        }
        return any.isEmpty() ? Optional.empty() : Optional.of(new Condition.AnyOf(any));
    }

    /// Says what cannot be followed.
    public static void check(Proxy front, Problems problems) {
        for (Entry entry : front.each("tcp-request connection")) {
            Word action = entry.arg(0);
            List<Word> rest = entry.args().subList(1, Acls.start(entry.args()));
            if (action.is(NETSCALER)) {
                problems.error(
                        "haproxy.refused",
                        action.span(),
                        "'" + entry.name() + " " + NETSCALER + "' is not supported: that protocol is not spoken",
                        "the PROXY protocol says the same: " + PROXY + " layer4");
            } else if (action.is(PROXY) && (rest.size() != 1 || !rest.getFirst().is("layer4"))) {
                problems.error(
                        "haproxy.rule",
                        action.span(),
                        "'" + entry.name() + " " + PROXY + "' : expected keyword 'layer4'",
                        PROXY + " layer4");
            }
        }
    }
}
