package dev.fairlead.engine.filter;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.http.Compression;

/// Chooses, for answers of servers, the way to compress that the client likes best among some.
final class CodingFilter implements HeadFilter {
    private final CodingPreference preference;
    private final String[] types;
    private final HeadFilter[] encoders;

    CodingFilter(Compression.Choice choice, int level) {
        this.preference = new CodingPreference(choice.codings());
        this.types = choice.types().stream().map(Text::bytes).toArray(String[]::new);
        this.encoders = choice.codings().stream()
                .map(coding -> (HeadFilter) exchange -> encode(exchange, coding, level))
                .toArray(HeadFilter[]::new);
    }

    @Override
    public void apply(Exchange exchange) {
        Response response = exchange.response();
        int status = response.status();
        boolean hasBody = response.contentLength() != 0 && exchange.head().method() != Method.HEAD;
        if (status < 200 || status > 203 || response.isOwn() || !hasBody || !mayBeChanged(exchange)) {
            return;
        }
        int coding = preference.of(exchange.head().fields());
        if (coding >= 0) {
            response.coding(encoders[coding]);
        }
    }

    private static void encode(Exchange exchange, Compression.Coding coding, int level) {
        Response response = exchange.response();
        Fields fields = response.fields();
        fields.add(FieldName.VARY, "Accept-Encoding");
        response.contentLength(Response.UNKNOWN);
        EntityTags.weaken(response);
        if (coding != Compression.Coding.IDENTITY) {
            fields.set(FieldName.CONTENT_ENCODING, coding == Compression.Coding.GZIP ? "gzip" : "deflate");
            exchange.replaceOutput(new DeflatingOutput(exchange, level, wrapping(coding), exchange.output()));
        }
    }

    private static DeflateWrapping wrapping(Compression.Coding coding) {
        return switch (coding) {
            case GZIP -> DeflateWrapping.GZIP;
            case DEFLATE -> DeflateWrapping.ZLIB;
            case RAW_DEFLATE, IDENTITY -> DeflateWrapping.NONE;
        };
    }

    private boolean mayBeChanged(Exchange exchange) {
        Response response = exchange.response();
        Fields fields = response.fields();
        return exchange.head().minorVersion() > 0
                && !fields.has(FieldName.CONTENT_ENCODING)
                && isWanted(response.contentType())
                && EntityTags.isAtMostOneAndValid(fields)
                && !forbidsChange(fields);
    }

    private boolean isWanted(String contentType) {
        if (contentType.regionMatches(true, 0, "multipart", 0, 9)) {
            return false;
        }
        for (String type : types) {
            if (contentType.regionMatches(true, 0, type, 0, type.length()) && !contentType.isEmpty()) {
                return true;
            }
        }
        return types.length == 0;
    }

    private static boolean forbidsChange(Fields fields) {
        for (int field = fields.first(FieldName.CACHE_CONTROL);
                field >= 0;
                field = fields.next(FieldName.CACHE_CONTROL, field)) {
            if (CodingPreference.isMember(
                    "no-transform", fields.bytes(), fields.valueStart(field), fields.valueEnd(field))) {
                return true;
            }
        }
        return false;
    }
}
