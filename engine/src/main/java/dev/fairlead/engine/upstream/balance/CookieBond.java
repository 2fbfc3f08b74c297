package dev.fairlead.engine.upstream.balance;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.upstream.answer.CookieFields;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.ServerGroup;
import dev.fairlead.model.upstream.Persistence;
import dev.fairlead.model.upstream.Persistence.Way;
import dev.fairlead.time.Clock;
import java.util.Optional;
import java.util.stream.Collectors;

/// A cookie that says which server a client belongs to, as HAProxy treats it.
final class CookieBond implements Bonds.Bond {
    private static final String GONE = "; Expires=Thu, 01-Jan-1970 00:00:01 GMT";
    private static final char OWN = '~';

    private final Persistence.InCookie cookie;
    private final String attributes;
    private final CookieDates dates;

    CookieBond(Persistence.InCookie cookie, Clock clock) {
        this.cookie = cookie;
        this.attributes = attributes(cookie);
        this.dates = new CookieDates(seconds(cookie.idle()), seconds(cookie.life()), clock);
    }

    private static long seconds(Optional<java.time.Duration> time) {
        return time.map(java.time.Duration::toSeconds).orElse(0L);
    }

    private static String attributes(Persistence.InCookie cookie) {
        return "; path=/"
                + cookie.domains().stream().map(domain -> "; domain=" + domain).collect(Collectors.joining())
                + (cookie.httpOnly() ? "; HttpOnly" : "")
                + (cookie.secure() ? "; Secure" : "")
                + cookie.attributes().stream()
                        .map(attribute -> "; " + attribute)
                        .collect(Collectors.joining());
    }

    @Override
    public boolean recall(Exchange exchange, ServerGroup group, Recollection into) {
        Fields fields = exchange.head().fields();
        String value = CookieFields.value(fields, cookie.name());
        if (value == null) {
            exchange.upstream().bondFound("N");
            return false;
        }
        String name = server(value, into);
        String found = name.isEmpty() ? "E" : "I";
        for (Member member : group.members()) {
            boolean isMeant = !name.isEmpty() && member.traits().cookie().equals(name);
            if (isMeant) {
                found = into.mayBind(member) ? "V" : "D";
            }
            if (isMeant && into.server() == null && !into.isCookieIgnored() && into.mayBind(member)) {
                into.bind(member);
            }
        }
        exchange.upstream().bondFound(found);
        int end = value.indexOf(OWN);
        if (cookie.way() == Way.PREFIX && end >= 0) {
            CookieFields.replace(fields, cookie.name(), value.substring(end + 1));
        } else if (cookie.way() == Way.INSERT && cookie.hides()) {
            CookieFields.remove(fields, cookie.name());
        }
        return false;
    }

    /// What the cookie says of the server; empty if it is too old.
    private String server(String value, Recollection into) {
        if (cookie.way() == Way.PREFIX) {
            int end = value.indexOf(OWN);
            return end < 0 ? value : value.substring(0, end);
        }
        return dates.server(value, into);
    }

    @Override
    public boolean answered(Exchange exchange, Member server, Recollection recollection, boolean isTelling) {
        String value = server.traits().cookie();
        boolean isRight = recollection.isBoundTo(server);
        boolean wasSet = ownCookies(exchange.response().fields(), value, isRight);
        boolean sets = cookie.way() == Way.INSERT
                && !(wasSet && cookie.preserve())
                && (!isRight || dates.needRenewal(recollection))
                && !(cookie.onlyAfterPost() && exchange.head().method() != Method.POST)
                && !recollection.isCookieIgnored();
        exchange.upstream().bondGiven(given(sets, isRight, wasSet));
        if (sets) {
            String said = value.isEmpty() ? GONE : value + dates.written(recollection);
            exchange.response().late(new LateCookie(cookie.name() + "=" + said + attributes, cookie.keepsCachesOut()));
        }
        return false;
    }

    /// What becomes of the cookie, as logs show it.
    private String given(boolean sets, boolean isRight, boolean wasSet) {
        if (sets) {
            return isRight ? "U" : "I";
        }
        return !wasSet ? "N" : cookie.way() == Way.REWRITE || cookie.way() == Way.PREFIX ? "R" : "P";
    }

    /// Treats the cookies of that name that the server sets itself.
    ///
    /// @param value what says which server it is; empty for nothing
    /// @param isRight whether the client was bound to it
    /// @return whether there are any
    private boolean ownCookies(Fields fields, String value, boolean isRight) {
        boolean isAny = false;
        for (int field = fields.first(FieldName.SET_COOKIE);
                field >= 0;
                field = fields.next(FieldName.SET_COOKIE, field)) {
            String text = fields.value(field);
            if (!CookieFields.isNamed(text, cookie.name())) {
                continue;
            }
            isAny = true;
            int start = text.indexOf('=') + 1;
            int end = text.indexOf(';') < 0 ? text.length() : text.indexOf(';');
            boolean isOurs = cookie.way() == Way.INSERT || (isRight && cookie.hides());
            if (isOurs && !cookie.preserve()) {
                fields.remove(field);
            } else if (cookie.way() == Way.REWRITE && !value.isEmpty() && !cookie.preserve()) {
                fields.value(field, text.substring(0, start) + value + text.substring(end));
            } else if (cookie.way() == Way.PREFIX && !value.isEmpty() && !cookie.preserve()) {
                fields.value(field, text.substring(0, start) + value + OWN + text.substring(start));
            }
        }
        return isAny;
    }

    @Override
    public boolean competesWith(Bonds.Bond other) {
        return false;
    }
}
