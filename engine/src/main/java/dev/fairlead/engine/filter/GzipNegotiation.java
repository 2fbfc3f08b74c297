package dev.fairlead.engine.filter;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.http.field.HttpDate;
import dev.fairlead.model.http.Compression;
import dev.fairlead.model.http.Compression.Proxied;
import dev.fairlead.model.text.Regex;
import dev.fairlead.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Says whether a client is given a response compressed with gzip, as nginx decides it.
public final class GzipNegotiation {
    private final Compression compression;
    private final Set<Proxied> proxied;
    private final List<Pattern> disabled;
    private final Clock clock;

    private GzipNegotiation(Compression compression, List<Pattern> disabled, Clock clock) {
        this.compression = compression;
        this.proxied = compression.proxied();
        this.disabled = disabled;
        this.clock = clock;
    }

    public static GzipNegotiation compile(Compression compression, CompileContext context) {
        List<Pattern> patterns = new ArrayList<>();
        for (Regex regex : compression.disabled()) {
            try {
                patterns.add(Pattern.compile(regex.pattern(), regex.ignoreCase() ? Pattern.CASE_INSENSITIVE : 0));
            } catch (PatternSyntaxException wrong) {
                context.problems()
                        .error(
                                "http.regex",
                                regex.origin(),
                                "\"" + regex.written() + "\" is no expression: " + wrong.getDescription());
            }
        }
        return new GzipNegotiation(compression, List.copyOf(patterns), context.clock());
    }

    /// Whether responses say that they depend on Accept-Encoding.
    public boolean vary() {
        return compression.vary();
    }

    /// Adds `Vary: Accept-Encoding`, once.
    public void addVary(Exchange exchange) {
        Fields fields = exchange.response().fields();
        int present = exchange.response().isConditional() ? fields.first(FieldName.VARY) : -1;
        if (present < 0 || !fields.valueEquals(present, "Accept-Encoding")) {
            fields.add(FieldName.VARY, "Accept-Encoding");
        }
    }

    /// Whether the client takes gzip, and nothing about request and response speaks against it.
    public boolean accepts(Exchange exchange) {
        Fields fields = exchange.head().fields();
        int field = fields.first(FieldName.ACCEPT_ENCODING);
        if (field < 0 || !acceptsGzip(fields.bytes(), fields.valueStart(field), fields.valueEnd(field))) {
            return false;
        }
        if (exchange.head().minorVersion() < 1 && !compression.http10()) {
            return false;
        }
        return (!fields.has(FieldName.VIA) || acceptsThroughProxy(exchange)) && !isDisabled(fields);
    }

    private boolean isDisabled(Fields fields) {
        if (disabled.isEmpty() || !fields.has(FieldName.USER_AGENT)) {
            return false;
        }
        String agent = fields.value(FieldName.USER_AGENT);
        for (Pattern pattern : disabled) {
            if (pattern.matcher(agent).find()) {
                return true;
            }
        }
        return false;
    }

    private boolean acceptsThroughProxy(Exchange exchange) {
        if (proxied.isEmpty()) {
            return false;
        }
        if (proxied.contains(Proxied.ANY)
                || (proxied.contains(Proxied.AUTHORISED)
                        && exchange.head().fields().has(FieldName.AUTHORIZATION))) {
            return true;
        }
        Fields answer = exchange.response().fields();
        if (answer.has(FieldName.EXPIRES)) {
            return proxied.contains(Proxied.EXPIRED) && isExpired(answer);
        }
        if (answer.has(FieldName.CACHE_CONTROL)) {
            return (proxied.contains(Proxied.NO_CACHE) && saysCacheControl(answer, "no-cache"))
                    || (proxied.contains(Proxied.NO_STORE) && saysCacheControl(answer, "no-store"))
                    || (proxied.contains(Proxied.PRIVATE) && saysCacheControl(answer, "private"));
        }
        boolean modified = exchange.response().lastModified() >= 0 || answer.has(FieldName.LAST_MODIFIED);
        return !(proxied.contains(Proxied.NO_LAST_MODIFIED) && modified)
                && !(proxied.contains(Proxied.NO_ETAG) && answer.has(FieldName.ETAG));
    }

    private boolean isExpired(Fields answer) {
        long expires = HttpDate.parse(answer.value(FieldName.EXPIRES));
        long now =
                answer.has(FieldName.DATE) ? HttpDate.parse(answer.value(FieldName.DATE)) : clock.wallMillis() / 1000;
        return expires != HttpDate.INVALID && now != HttpDate.INVALID && expires < now;
    }

    private static boolean saysCacheControl(Fields answer, String directive) {
        for (int field = answer.first(FieldName.CACHE_CONTROL);
                field >= 0;
                field = answer.next(FieldName.CACHE_CONTROL, field)) {
            for (String part : answer.value(field).toLowerCase(Locale.ROOT).split(",", -1)) {
                String word = part.strip();
                if (word.equals(directive) || word.startsWith(directive + "=") || word.startsWith(directive + " ")) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether Accept-Encoding names gzip with a weight above zero.
    static boolean acceptsGzip(byte[] text, int start, int end) {
        int at = start;
        while (true) {
            at = findGzip(text, at, end);
            if (at < 0) {
                return false;
            }
            if (at == start || text[at - 1] == ',' || text[at - 1] == ' ') {
                return isWanted(text, at + 4, end);
            }
            at += 4;
        }
    }

    private static int findGzip(byte[] text, int from, int end) {
        for (int i = from; i + 4 <= end; i++) {
            if ((text[i] | 0x20) == 'g'
                    && (text[i + 1] | 0x20) == 'z'
                    && (text[i + 2] | 0x20) == 'i'
                    && (text[i + 3] | 0x20) == 'p') {
                return i;
            }
        }
        return -1;
    }

    private static boolean isWanted(byte[] text, int from, int end) {
        int at = skipSpaces(text, from, end);
        if (at == end || text[at] == ',') {
            return true;
        }
        if (text[at] != ';') {
            return false;
        }
        at = skipSpaces(text, at + 1, end);
        if (at == end) {
            return true;
        }
        if ((text[at] | 0x20) != 'q' || at + 3 > end || text[at + 1] != '=') {
            return false;
        }
        return weight(text, at + 2, end) > 0;
    }

    private static int skipSpaces(byte[] text, int from, int end) {
        int at = from;
        while (at < end && text[at] == ' ') {
            at++;
        }
        return at;
    }

    /// A weight without its fraction's places in their value: above zero is all that counts; 0 for one that is
    /// no weight.
    private static int weight(byte[] text, int from, int end) {
        int first = text[from] - '0';
        if (first != 0 && first != 1) {
            return 0;
        }
        int sum = first * 100;
        int at = from + 1;
        if (at == end || text[at] == ',' || text[at] == ' ') {
            return sum;
        }
        if (text[at] != '.') {
            return 0;
        }
        int places = 0;
        for (at++; at < end && text[at] != ',' && text[at] != ' '; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            sum += digit;
            places++;
        }
        return sum > 100 || places > 3 ? 0 : sum;
    }
}
