package dev.fairlead.engine.filter;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.http.field.HttpDate;
import dev.fairlead.model.http.ResponseHeaders.Expiry;
import dev.fairlead.model.text.Template;
import dev.fairlead.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/// Says how long a response stays fresh: Expires and Cache-Control, which replace those that are there.
final class ExpiryFilter implements HeadFilter {
    private static final long TEN_YEARS = 315_360_000;

    private final Expiry expiry;
    private final Text text;
    private final Clock clock;
    private Told told = new Told(0, 0, "", "");

    /// What was said last, for the next response of the same second. Several event loops may find and replace
    /// it at once: it is whole whoever made it.
    ///
    /// @param age seconds between the present and the expiry; less than zero in the past
    private record Told(long expires, long age, String date, String cacheControl) {}

    ExpiryFilter(Expiry expiry, CompileContext context) {
        this.expiry = expiry;
        this.text = expiry instanceof Expiry.Computed(Template value) ? context.text(value) : exchange -> "";
        this.clock = context.clock();
    }

    @Override
    public void apply(Exchange exchange) {
        if (Statuses.isPlain(exchange.response().status())) {
            set(exchange, expiry);
        }
    }

    private void set(Exchange exchange, Expiry chosen) {
        Response response = exchange.response();
        long now = clock.wallMillis() / 1000;
        switch (chosen) {
            case Expiry.Epoch() -> put(response, "Thu, 01 Jan 1970 00:00:01 GMT", "no-cache");
            case Expiry.Max() -> put(response, "Thu, 31 Dec 2037 23:55:55 GMT", "max-age=" + TEN_YEARS);
            case Expiry.AfterNow(long seconds) -> put(response, now, now + seconds, seconds < 0);
            case Expiry.AfterModified(long seconds) -> {
                long from = response.lastModified() == Response.UNKNOWN || seconds == 0 ? now : response.lastModified();
                put(response, now, from + seconds, seconds < 0);
            }
            case Expiry.AtTimeOfDay(int second) -> put(response, now, next(now, second), false);
            case Expiry.Computed computed -> {
                Optional<Expiry> found = ExpiryText.parse(text.of(exchange));
                found.ifPresent(value -> set(exchange, value));
            }
        }
    }

    private void put(Response response, long now, long expires, boolean past) {
        long age = past ? -1 : expires - now;
        Told last = told;
        if (last.expires != expires || last.age != age || last.date.isEmpty()) {
            last = new Told(expires, age, HttpDate.text(expires), age < 0 ? "no-cache" : "max-age=" + age);
            told = last;
        }
        put(response, last.date, last.cacheControl);
    }

    private static void put(Response response, String expires, String cacheControl) {
        Fields fields = response.fields();
        fields.set(FieldName.EXPIRES, expires);
        fields.set(FieldName.CACHE_CONTROL, cacheControl);
    }

    /// The next moment at which clocks here show that time.
    private static long next(long now, int secondOfDay) {
        ZonedDateTime present = Instant.ofEpochSecond(now).atZone(ZoneId.systemDefault());
        LocalTime time = LocalTime.ofSecondOfDay(Math.min(secondOfDay, 86_399));
        long today =
                present.toLocalDate().atTime(time).atZone(present.getZone()).toEpochSecond();
        return today > now
                ? today
                : present.toLocalDate()
                        .plusDays(1)
                        .atTime(time)
                        .atZone(present.getZone())
                        .toEpochSecond();
    }
}
