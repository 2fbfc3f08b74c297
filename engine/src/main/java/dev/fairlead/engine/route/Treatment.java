package dev.fairlead.engine.route;

import dev.fairlead.engine.access.AccessGate;
import dev.fairlead.engine.access.ConnectionLimits;
import dev.fairlead.engine.access.RateLimits;
import dev.fairlead.engine.compile.Alike;
import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.filter.Filters;
import dev.fairlead.engine.handler.FilePaths;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.log.PlaceLogs;
import dev.fairlead.model.http.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the settings of a place come to. Places whose settings are equal share it, and those that differ in
/// some share what comes of the others: with thousands of virtual hosts a request then needs little that the
/// last one did not.
///
/// @param filters run over every response, in order
/// @param files where paths are looked for
record Treatment(
        Settings settings,
        List<HeadFilter> filters,
        FilePaths files,
        ClientAddress clientAddress,
        RateLimits rateLimits,
        ConnectionLimits connectionLimits,
        AccessGate access,
        @Nullable Inquiry inquiry,
        Proofs proofs,
        ErrorAnswers errors,
        PlaceLogs logs) {
    static Treatment of(Settings settings, CompileContext context) {
        return context.alike().made(Treatment.class, context.alike().one(settings), of -> compile(of, context));
    }

    private static Treatment compile(Settings of, CompileContext context) {
        Alike alike = context.alike();
        return new Treatment(
                of,
                filters(of, context),
                FilePaths.compile(of.files(), context),
                alike.made(ClientAddress.class, of.clientAddress(), ClientAddress::new),
                alike.made(RateLimits.class, of.limits(), limits -> RateLimits.compile(limits, context)),
                alike.made(ConnectionLimits.class, of.limits(), limits -> ConnectionLimits.compile(limits, context)),
                alike.made(AccessGate.class, of.access(), access -> AccessGate.compile(access, context)),
                of.access()
                        .inquiry()
                        .map(inquiry -> new Inquiry(inquiry, context))
                        .orElse(null),
                Proofs.compile(of.access().proofs(), context),
                alike.made(ErrorAnswers.class, of.errorPages(), pages -> new ErrorAnswers(pages, context)),
                alike.made(PlaceLogs.class, of.logging(), logging -> PlaceLogs.compile(logging, context)));
    }

    private static List<HeadFilter> filters(Settings settings, CompileContext context) {
        List<HeadFilter> all = new ArrayList<>();
        all.add(new Redirection());
        all.addAll(Filters.compile(settings, context));
        return List.copyOf(all);
    }
}
