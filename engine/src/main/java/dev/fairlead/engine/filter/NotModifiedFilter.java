package dev.fairlead.engine.filter;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.http.field.HttpDate;
import dev.fairlead.model.http.FileServing.ModifiedSince;

/// Judges the request's conditions: 304 when the client has the content already, 412 when it is not what it
/// expects. (RFC 9110, section 13; where nginx is laxer than it, as nginx is.)
final class NotModifiedFilter implements HeadFilter {
    private final ModifiedSince comparison;

    NotModifiedFilter(ModifiedSince comparison) {
        this.comparison = comparison;
    }

    @Override
    public void apply(Exchange exchange) {
        Response response = exchange.response();
        if (response.status() != 200 || !response.isConditional()) {
            return;
        }
        Fields request = exchange.head().fields();
        int unmodifiedSince = request.first(FieldName.IF_UNMODIFIED_SINCE);
        int match = request.first(FieldName.IF_MATCH);
        if ((unmodifiedSince >= 0 && !isUnmodified(request, unmodifiedSince, response))
                || (match >= 0 && !EntityTags.names(request, match, response, false))) {
            unexpected(exchange, response);
            return;
        }
        int modifiedSince = request.first(FieldName.IF_MODIFIED_SINCE);
        int noneMatch = request.first(FieldName.IF_NONE_MATCH);
        boolean isKnown = (modifiedSince >= 0 || noneMatch >= 0)
                && (modifiedSince < 0 || !isModified(request, modifiedSince, response))
                && (noneMatch < 0 || EntityTags.names(request, noneMatch, response, true));
        if (isKnown) {
            notModified(response);
        }
    }

    /// What was put on the answer goes, but that it depends on what the client accepts.
    private static void unexpected(Exchange exchange, Response response) {
        boolean varies = response.fields().has(FieldName.VARY);
        response.begin(200);
        if (varies) {
            response.fields().add(FieldName.VARY, "Accept-Encoding");
        }
        exchange.refuseKeepingFields(412);
    }

    private static void notModified(Response response) {
        response.status(304);
        response.contentType("");
        response.contentLength(Response.UNKNOWN);
        RangeFilter.forbid(response);
        response.fields().remove(FieldName.CONTENT_ENCODING);
    }

    private static boolean isUnmodified(Fields request, int field, Response response) {
        return response.lastModified() != Response.UNKNOWN && date(request, field) >= response.lastModified();
    }

    private boolean isModified(Fields request, int field, Response response) {
        if (response.lastModified() == Response.UNKNOWN) {
            return true;
        }
        long since = date(request, field);
        return switch (comparison) {
            case OFF -> true;
            case EXACT -> since != response.lastModified();
            case BEFORE -> since < response.lastModified();
        };
    }

    private static long date(Fields fields, int field) {
        return HttpDate.parse(fields.bytes(), fields.valueStart(field), fields.valueEnd(field));
    }
}
