package dev.fairlead.engine.filter;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.http.Response;
import dev.fairlead.model.http.Connection;
import dev.fairlead.model.text.Attribute;
import java.util.Optional;

/// Says how fast a response is sent: what a rule or an upstream said, else what the place says. Applied last:
/// others do not look at it.
final class RateFilter implements HeadFilter {
    private final Optional<Text> rate;
    private final Optional<Text> fastStart;

    RateFilter(Connection settings, CompileContext context) {
        rate = settings.bytesPerSecond().map(context::text);
        fastStart = settings.fastStartBytes().map(context::text);
    }

    @Override
    public void apply(Exchange exchange) {
        Response response = exchange.response();
        long limit = response.bytesPerSecond();
        String said = exchange.values().fact(Attribute.LIMIT_RATE);
        if (limit == 0 && said != null) {
            limit = bytes(said);
        } else if (limit == 0 && rate.isPresent()) {
            limit = bytes(rate.get().of(exchange));
        }
        if (limit > 0) {
            response.limitRate(
                    limit, fastStart.map(text -> bytes(text.of(exchange))).orElse(0L));
        }
    }

    /// A size with an optional `k`, `m` or `g`; 0 for what is none.
    private static long bytes(String text) {
        if (text.isEmpty() || text.length() > 15) {
            return 0;
        }
        int shift = switch (text.charAt(text.length() - 1)) {
            case 'k', 'K' -> 10;
            case 'm', 'M' -> 20;
            case 'g', 'G' -> 30;
            default -> 0;
        };
        long value = 0;
        for (int i = 0; i < text.length() - (shift == 0 ? 0 : 1); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            value = value * 10 + digit;
        }
        return value << shift;
    }
}
