package dev.fairlead.engine.upstream;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.engine.trace.Tracer;
import dev.fairlead.engine.upstream.balance.Selection;
import dev.fairlead.engine.upstream.dial.Destination;
import dev.fairlead.engine.upstream.server.Member;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells whoever looks on where a request would go, instead of sending it there.
final class Looks {
    private Looks() {}

    /// @param attempts new
    static void tell(
            Tracer tracer, Exchange exchange, ForwardSettings settings, Destination destination, Attempts attempts) {
        attempts.begin(exchange, settings, destination);
        exchange.upstream().target(destination.hostText(), destination.portText());
        attempts.startClock();
        Member next = attempts.next();
        String peer = next == null ? destination.group().name() : next.state().name();
        String colon = peer.startsWith("unix:") ? ":" : "";
        String path = settings.requestHead().path().text(exchange, destination.path());
        tracer.saw(new Event.Forwarded(
                settings.forward(),
                destination.scheme() + "://" + peer + colon + path,
                destination.group().name(),
                server(next),
                head(exchange, settings, destination)));
        attempts.end(Selection.Outcome.UNKNOWN);
        if (next == null) {
            exchange.fail(attempts.statusForNobody());
        }
    }

    private static Optional<Event.Server> server(@Nullable Member member) {
        return member == null
                ? Optional.empty()
                : Optional.of(new Event.Server(member.state().name(), member.configured()));
    }

    private static String head(Exchange exchange, ForwardSettings settings, Destination destination) {
        ByteBuf out = Unpooled.buffer(512);
        long length = exchange.head().contentLength();
        settings.requestHead()
                .write(exchange, destination.path(), length > 0 ? length : RequestHeadWriter.NO_BODY, out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
