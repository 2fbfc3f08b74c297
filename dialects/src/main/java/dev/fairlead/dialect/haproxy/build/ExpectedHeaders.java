package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.rule.Acls;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.source.Problems;
import java.util.List;

/// `tcp-request connection expect-proxy layer4`: as `accept-proxy` on all addresses of the frontend.
final class ExpectedHeaders {
    private static final String PROXY = "expect-proxy";
    private static final String NETSCALER = "expect-netscaler-cip";

    private ExpectedHeaders() {}

    /// Whether it is one of these actions.
    static boolean isOne(Word action) {
        return action.is(PROXY) || action.is(NETSCALER);
    }

    /// Whether every connection begins with a header.
    static boolean areExpected(Proxy front) {
        return front.each("tcp-request connection").stream()
                .anyMatch(entry -> entry.arg(0).is(PROXY) && !isConditional(entry));
    }

    private static boolean isConditional(Entry entry) {
        return Acls.start(entry.args()) < entry.count();
    }

    /// Says what cannot be followed.
    static void check(Proxy front, Problems problems) {
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
            } else if (action.is(PROXY) && isConditional(entry)) {
                problems.error(
                        "haproxy.refused",
                        action.span(),
                        "'" + entry.name() + " " + PROXY + "' under a condition is not supported: an address takes"
                                + " headers from everyone or from nobody",
                        "a bind of its own with accept-proxy for those who send headers");
            }
        }
    }
}
