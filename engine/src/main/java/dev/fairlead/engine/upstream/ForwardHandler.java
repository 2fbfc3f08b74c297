package dev.fairlead.engine.upstream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.upstream.answer.ResponseRules;
import dev.fairlead.engine.upstream.dial.Destination;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.ResponseHeaders;
import dev.fairlead.model.text.Template;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Passes requests to another server and its answers back.
public final class ForwardHandler implements ContentHandler {
    private final ForwardSettings settings;
    private final Target target;
    private final Upstreams upstreams;
    private final CompileContext context;

    private ForwardHandler(ForwardSettings settings, Target target, Upstreams upstreams, CompileContext context) {
        this.settings = settings;
        this.target = target;
        this.upstreams = upstreams;
        this.context = context;
    }

    /// Compiles what a location forwards.
    ///
    /// @param forward how
    /// @param location where, for messages
    public static ContentHandler compile(Forward forward, Location location, CompileContext context) {
        Upstreams upstreams = context.shared().part(Upstreams.class, Upstreams::new);
        Target target = Target.compile(forward, upstreams, context);
        ForwardSettings settings = ForwardSettings.of(
                forward,
                RequestHeadWriter.compile(forward, hostText(forward), context),
                ResponseRules.compile(forward.response(), keepsDate(location), context),
                text(forward.request().body(), context),
                text(forward.request().localAddress(), context));
        return new ForwardHandler(settings, target, upstreams, context);
    }

    private static boolean keepsDate(Location location) {
        return location.settings().responseHeaders().server() == ResponseHeaders.ServerField.NONE;
    }

    private static Optional<String> hostText(Forward forward) {
        return switch (forward.target()) {
            case Forward.Target.Fixed fixed -> Optional.of(fixed.hostText());
            case Forward.Target.Computed computed -> Optional.empty();
        };
    }

    private static @Nullable Text text(Optional<Template> template, CompileContext context) {
        return template.map(context::text).orElse(null);
    }

    @Override
    public void handle(Exchange exchange) {
        LoopShare share = upstreams.share(exchange.loop(), context.clock());
        Destination fixed = target.fixed();
        if (fixed != null) {
            share.forward(exchange, settings, fixed);
        } else {
            target.find(exchange, settings, share);
        }
    }
}
