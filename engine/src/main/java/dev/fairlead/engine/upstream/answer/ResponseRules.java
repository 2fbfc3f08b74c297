package dev.fairlead.engine.upstream.answer;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.http.Forward;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What becomes of the head of another server's answer: which fields pass, which are rewritten, and which are
/// instructions to us. Compiled, shared by all requests of a location.
public final class ResponseRules {
    private static final int OK = 200;

    private enum Treatment {
        PASS,
        DROP,
        CONTENT_TYPE,
        SERVER,
        LOCATION,
        REFRESH,
        COOKIE
    }

    private static final Set<FieldName> CARRIED_OVER = Set.of(
            FieldName.SET_COOKIE,
            FieldName.CACHE_CONTROL,
            FieldName.EXPIRES,
            FieldName.ACCEPT_RANGES,
            FieldName.of("Content-Disposition"));

    private final Treatment[] treatments;
    private final FieldName[] hiddenOthers;
    private final RedirectRules redirects;
    private final CookieRules cookies;
    private final boolean forceRanges;
    private final boolean buffers;
    private final boolean heedsBuffering;
    private final boolean heedsRedirect;
    private final boolean heedsCharset;
    private final boolean heedsRate;

    private ResponseRules(Forward.Response rules, boolean keepsDate, CompileContext context) {
        redirects = RedirectRules.compile(rules.redirects(), context);
        cookies = CookieRules.compile(rules, context);
        treatments = treatments(rules, !redirects.isEmpty(), !cookies.isEmpty(), keepsDate);
        hiddenOthers = hiddenOthers(rules);
        forceRanges = rules.forceRanges();
        buffers = rules.buffering();
        heedsBuffering = !rules.ignore().contains("x-accel-buffering");
        heedsRedirect = !rules.ignore().contains("x-accel-redirect");
        heedsCharset = !rules.ignore().contains("x-accel-charset");
        heedsRate = !rules.ignore().contains("x-accel-limit-rate");
    }

    /// @param keepsDate whether the other server's Date is the only one
    public static ResponseRules compile(Forward.Response rules, boolean keepsDate, CompileContext context) {
        return new ResponseRules(rules, keepsDate, context);
    }

    private static Treatment[] treatments(
            Forward.Response rules, boolean redirects, boolean cookies, boolean keepsDate) {
        Treatment[] table = new Treatment[FieldName.knownCount()];
        Arrays.fill(table, Treatment.PASS);
        table[FieldName.CONTENT_TYPE.id()] = Treatment.CONTENT_TYPE;
        table[FieldName.SERVER.id()] = Treatment.SERVER;
        if (redirects) {
            table[FieldName.REFRESH.id()] = Treatment.REFRESH;
            table[FieldName.LOCATION.id()] = Treatment.LOCATION;
        }
        if (cookies) {
            table[FieldName.SET_COOKIE.id()] = Treatment.COOKIE;
        }
        for (String hidden : rules.hide()) {
            int id = FieldName.of(hidden).id();
            if (id != FieldName.OTHER) {
                table[id] = Treatment.DROP;
            }
        }
        // These are the carrier's to write.
        table[FieldName.DATE.id()] = keepsDate ? Treatment.PASS : Treatment.DROP;
        table[FieldName.CONTENT_LENGTH.id()] = Treatment.DROP;
        table[FieldName.CONNECTION.id()] = Treatment.DROP;
        table[FieldName.KEEP_ALIVE.id()] = Treatment.DROP;
        table[FieldName.TRANSFER_ENCODING.id()] = Treatment.DROP;
        return table;
    }

    private static FieldName[] hiddenOthers(Forward.Response rules) {
        List<FieldName> others = new ArrayList<>();
        for (String hidden : rules.hide()) {
            FieldName name = FieldName.of(hidden);
            if (name.id() == FieldName.OTHER) {
                others.add(name);
            }
        }
        return others.toArray(FieldName[]::new);
    }

    /// Where the answer says its content is to be taken from; empty if it does not, or is not heeded.
    public String internalTarget(Exchange exchange, ResponseHead head) {
        if (!heedsRedirect || !head.has(FieldName.X_ACCEL_REDIRECT)) {
            return "";
        }
        return exchange.upstream().fields().value(FieldName.X_ACCEL_REDIRECT);
    }

    /// Keeps what such an answer says about the content for whatever answer is given instead.
    public void carryOver(Exchange exchange, TextCache texts) {
        Fields from = exchange.upstream().fields();
        for (int field = 0; field < from.size(); field++) {
            for (FieldName name : CARRIED_OVER) {
                if (from.is(field, name)) {
                    exchange.response().carry(from, field);
                }
            }
        }
        int type = from.first(FieldName.CONTENT_TYPE);
        if (type >= 0) {
            exchange.response().carryContentType(texts.text(from.bytes(), from.valueStart(type), from.valueEnd(type)));
        }
    }

    /// Whether the answer is read faster than the client takes it.
    public boolean isBuffered(Exchange exchange, ResponseHead head) {
        if (heedsBuffering && head.has(FieldName.X_ACCEL_BUFFERING)) {
            String said = exchange.upstream().fields().value(FieldName.X_ACCEL_BUFFERING);
            return said.equalsIgnoreCase("yes") || (buffers && !said.equalsIgnoreCase("no"));
        }
        return buffers;
    }

    /// Puts the client's answer together from the other server's.
    public void apply(Exchange exchange, ResponseHead head, TextCache texts) {
        Response to = exchange.response();
        Fields from = exchange.upstream().fields();
        to.begin(head.status());
        to.conditional(false);
        to.reason(head.reason());
        to.contentLength(head.contentLength());
        for (int field = 0; field < from.size(); field++) {
            int id = from.id(field);
            Treatment treatment = id >= 0 ? treatments[id] : ofOther(from, field);
            switch (treatment) {
                case PASS -> to.fields().addFrom(from, field);
                case DROP -> {}
                case CONTENT_TYPE ->
                    to.contentType(texts.text(from.bytes(), from.valueStart(field), from.valueEnd(field)));
                case SERVER -> to.serverField(texts.text(from.bytes(), from.valueStart(field), from.valueEnd(field)));
                case LOCATION -> to.fields().add(FieldName.LOCATION, redirects.location(exchange, from.value(field)));
                case REFRESH -> to.fields().add(FieldName.REFRESH, redirects.refresh(exchange, from.value(field)));
                case COOKIE -> to.fields().add(FieldName.SET_COOKIE, cookies.rewritten(exchange, from.value(field)));
            }
        }
        if (forceRanges && head.status() == OK) {
            to.acceptsRanges(true);
        }
        heed(head, to, from);
    }

    private Treatment ofOther(Fields from, int field) {
        for (FieldName hidden : hiddenOthers) {
            if (from.is(field, hidden)) {
                return Treatment.DROP;
            }
        }
        return Treatment.PASS;
    }

    private void heed(ResponseHead head, Response to, Fields from) {
        if (heedsCharset
                && head.has(FieldName.X_ACCEL_CHARSET)
                && !to.contentType().isEmpty()) {
            String charset = from.value(FieldName.X_ACCEL_CHARSET);
            int parameter = to.contentType().indexOf(';');
            String type = parameter < 0 ? to.contentType() : to.contentType().substring(0, parameter);
            to.contentType(charset.equalsIgnoreCase("off") ? type : type + "; charset=" + charset);
        }
        if (heedsRate && head.has(FieldName.X_ACCEL_LIMIT_RATE)) {
            rate(from.value(FieldName.X_ACCEL_LIMIT_RATE)).ifPresent(rate -> to.limitRate(rate, 0));
        }
    }

    private static Optional<Long> rate(String text) {
        boolean isNumber = !text.isEmpty() && text.length() < 16 && text.chars().allMatch(Character::isDigit);
        return isNumber ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
