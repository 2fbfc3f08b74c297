package dev.fairlead.engine.upstream;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.upstream.answer.ResponseRules;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.text.Attribute;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What a location's forwarding comes to, compiled. Shared by all its requests.
///
/// @param body replaces the client's; null leaves it
/// @param localAddress where connections are made from; null for the system's choice
record ForwardSettings(
        Forward forward,
        RequestHeadWriter requestHead,
        ResponseRules response,
        @Nullable Text body,
        @Nullable Text localAddress,
        long connectNanos,
        long sendNanos,
        long readNanos,
        long tunnelNanos,
        long retryNanos,
        long insistNanos) {

    static ForwardSettings of(
            Forward forward,
            RequestHeadWriter requestHead,
            ResponseRules response,
            @Nullable Text body,
            @Nullable Text localAddress) {
        Forward.Timeouts timeouts = forward.timeouts();
        return new ForwardSettings(
                forward,
                requestHead,
                response,
                body,
                localAddress,
                timeouts.connect().toNanos(),
                timeouts.send().toNanos(),
                timeouts.read().toNanos(),
                timeouts.tunnel().orElse(timeouts.read()).toNanos(),
                forward.retry().timeout().toNanos(),
                forward.retry().insistence().map(each -> each.pause().toNanos()).orElse(0L));
    }

    /// How long the server may say nothing to a request.
    long readNanos(Exchange of) {
        return nanos(of, Attribute.SERVER_TIMEOUT_MILLISECONDS, readNanos);
    }

    /// How long both sides may say nothing once the protocol is switched.
    long tunnelNanos(Exchange of) {
        return nanos(of, Attribute.TUNNEL_TIMEOUT_MILLISECONDS, tunnelNanos);
    }

    private static long nanos(Exchange of, Attribute attribute, long usual) {
        String said = of.values().fact(attribute);
        if (said == null) {
            return usual;
        }
        long millis = said.matches("\\d{1,10}") ? Long.parseLong(said) : 0;
        return millis == 0 ? usual : TimeUnit.MILLISECONDS.toNanos(millis);
    }

    boolean retriesOn(Forward.Failure failure) {
        return forward.retry().on().contains(failure);
    }
}
