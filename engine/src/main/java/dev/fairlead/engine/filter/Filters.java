package dev.fairlead.engine.filter;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.edit.ResponseRules;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.model.http.Compression;
import dev.fairlead.model.http.ResponseHeaders;
import dev.fairlead.model.http.Settings;
import java.util.ArrayList;
import java.util.List;

/// The filters of a place, in the order in which they are applied. Those that would do nothing there are left
/// out.
public final class Filters {
    private Filters() {}

    public static List<HeadFilter> compile(Settings settings, CompileContext context) {
        ResponseHeaders headers = settings.responseHeaders();
        Compression compression = settings.compression();
        List<HeadFilter> filters = new ArrayList<>();
        // What a server has said decides, not what rules make of it.
        compression.choice().ifPresent(choice -> filters.add(new CodingFilter(choice, compression.level())));
        filters.add(new NotModifiedFilter(settings.files().modifiedSince()));
        if (!headers.firstRules().isEmpty()) {
            filters.add(ResponseRules.ofAll(headers.firstRules(), context));
        }
        headers.expiry().ifPresent(expiry -> filters.add(new ExpiryFilter(expiry, context)));
        if (!headers.additions().isEmpty()) {
            filters.add(new AdditionFilter(headers.additions(), context));
        }
        if (!headers.rules().isEmpty()) {
            filters.add(ResponseRules.ofOthers(headers.rules(), context));
        }
        if (!headers.lastRules().isEmpty()) {
            filters.add(exchange -> exchange.response().beLate(exchange));
            filters.add(ResponseRules.ofAll(headers.lastRules(), context));
        }
        if (compression.gunzip()) {
            filters.add(new GunzipFilter(GzipNegotiation.compile(compression, context)));
        }
        if (!settings.substitution().pairs().isEmpty()) {
            filters.add(new SubstitutionFilter(settings.substitution(), context));
        }
        settings.files()
                .charset()
                .ifPresent(charset ->
                        filters.add(new CharsetFilter(charset, settings.files().charsetTypes())));
        if (compression.choice().isPresent()) {
            filters.add(exchange -> exchange.response().encode(exchange));
        }
        if (compression.enabled()) {
            filters.add(new GzipFilter(compression, GzipNegotiation.compile(compression, context)));
        }
        filters.add(new RangeFilter(settings.files().maxRanges().orElse(Integer.MAX_VALUE)));
        if (!headers.trailers().isEmpty()) {
            filters.add(new TrailerFilter(headers.trailers(), headers.chunked(), context));
        }
        filters.add(new RateFilter(settings.connection(), context));
        return List.copyOf(filters);
    }
}
