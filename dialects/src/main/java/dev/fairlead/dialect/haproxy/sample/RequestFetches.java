package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What is fetched of a request and of a response.
final class RequestFetches {
    private static final String HTTP_SLASH = "/";

    private RequestFetches() {}

    static List<Fetch> rows() {
        List<Fetch> rows = new ArrayList<>();
        targetRows(rows);
        fieldRows(rows);
        cookieRows(rows);
        responseRows(rows);
        return rows;
    }

    private static void targetRows(List<Fetch> rows) {
        rows.add(plain("path", "path of the request, as received", Kind.TEXT, Attribute.RAW_PATH));
        rows.add(new Fetch(
                "pathq",
                0,
                0,
                "path with the query",
                (call, around) -> Sample.of(
                        composed(
                                call.origin(),
                                builtin(Attribute.RAW_PATH),
                                builtin(Attribute.QUERY_MARK),
                                builtin(Attribute.QUERY)),
                        Kind.TEXT)));
        rows.addAll(plain("url", "target of the request", Kind.TEXT, Attribute.RAW_TARGET)
                .alsoAs("capture.req.uri"));
        rows.add(plain("query", "query without its question mark", Kind.TEXT, Attribute.QUERY));
        rows.add(new Fetch(
                "base",
                0,
                0,
                "host and path",
                (call, around) -> Sample.of(composed(call.origin(), host(), builtin(Attribute.RAW_PATH)), Kind.TEXT)));
        rows.add(new Fetch(
                "baseq",
                0,
                0,
                "host, path and query",
                (call, around) -> Sample.of(
                        composed(
                                call.origin(),
                                host(),
                                builtin(Attribute.RAW_PATH),
                                builtin(Attribute.QUERY_MARK),
                                builtin(Attribute.QUERY)),
                        Kind.TEXT)));
        rows.addAll(plain("method", "method of the request", Kind.METHOD, Attribute.METHOD)
                .alsoAs("capture.req.method"));
        rows.addAll(new Fetch(
                        "req.ver",
                        0,
                        0,
                        "version of HTTP, such as 1.1",
                        (call, around) -> Sample.of(version(), Kind.TEXT))
                .alsoAs("req_ver", "req_proto"));
        rows.add(plain("capture.req.ver", "version of HTTP, such as HTTP/1.1", Kind.TEXT, Attribute.SERVER_PROTOCOL));
        rows.addAll(new Fetch(
                        "url_param",
                        1,
                        3,
                        "argument of the query",
                        (call, around) -> Sample.of(argument(call, around), Kind.TEXT))
                .alsoAs("urlp"));
        rows.addAll(new Fetch(
                        "urlp_val",
                        1,
                        3,
                        "argument of the query as a number",
                        (call, around) -> Sample.of(argument(call, around), Kind.NUMBER))
                .alsoAs("url_param_val"));
        rows.add(
                plain("http_first_req", "whether it is the connection's first", Kind.BOOLEAN, Attribute.FIRST_REQUEST));
        rows.addAll(plain("req.body", "body of the request", Kind.TEXT, Attribute.REQUEST_BODY)
                .alsoAs("req_body"));
        rows.add(new Fetch(
                "req.body_param",
                1,
                2,
                "field of a form in the body",
                (call, around) -> Sample.of(
                        new Variable.Converted(
                                builtin(Attribute.REQUEST_BODY),
                                new Conversion.Parameter(
                                        call.arg(0), '&', call.arg(1).equals("i"))),
                        Kind.TEXT)));
        rows.addAll(plain("req.body_size", "announced size of the body", Kind.NUMBER, Attribute.CONTENT_LENGTH)
                .alsoAs("req.body_len"));
        rows.add(new Fetch(
                "unique-id",
                0,
                0,
                "the request's own id",
                (call, around) -> Sample.of(around.uniqueId().orElseGet(() -> composed(call.origin())), Kind.TEXT)));
    }

    private static void fieldRows(List<Fetch> rows) {
        rows.addAll(new Fetch(
                        "req.hdr",
                        1,
                        2,
                        "member of a field's list",
                        (call, around) -> member(call, Variable.Side.REQUEST, Kind.TEXT))
                .alsoAs("hdr"));
        rows.addAll(new Fetch(
                        "req.hdr_ip",
                        1,
                        2,
                        "member of a field's list as an address",
                        (call, around) -> member(call, Variable.Side.REQUEST, Kind.ADDRESS))
                .alsoAs("hdr_ip"));
        rows.addAll(new Fetch(
                        "req.hdr_val",
                        1,
                        2,
                        "member of a field's list as a number",
                        (call, around) -> member(call, Variable.Side.REQUEST, Kind.NUMBER))
                .alsoAs("hdr_val"));
        rows.addAll(new Fetch(
                        "req.hdr_cnt",
                        0,
                        1,
                        "how many members a field's lists have",
                        (call, around) -> Sample.of(
                                new Variable.FieldCount(Variable.Side.REQUEST, name(call), true), Kind.NUMBER))
                .alsoAs("hdr_cnt"));
        rows.add(new Fetch("req.fhdr", 1, 2, "whole field", (call, around) -> line(call, Variable.Side.REQUEST)));
        rows.add(new Fetch(
                "req.fhdr_cnt",
                0,
                1,
                "how many fields there are",
                (call, around) ->
                        Sample.of(new Variable.FieldCount(Variable.Side.REQUEST, name(call), false), Kind.NUMBER)));
        rows.add(new Fetch(
                "req.hdr_names",
                0,
                1,
                "names of all fields",
                (call, around) -> Sample.of(
                        new Variable.FieldNames(Variable.Side.REQUEST, call.has(0) ? call.arg(0) : ","), Kind.TEXT)));
        texts(rows, "req", "request", Variable.Side.REQUEST);
        rows.add(new Fetch(
                "capture.req.hdr",
                1,
                1,
                "captured field of the request",
                (call, around) -> captured(call, around, Variable.Side.REQUEST)));
    }

    private static void cookieRows(List<Fetch> rows) {
        rows.addAll(
                new Fetch("req.cook", 1, 1, "value of a cookie", (call, around) -> Sample.of(cookie(call), Kind.TEXT))
                        .alsoAs("cook", "cookie"));
        rows.addAll(new Fetch(
                        "req.cook_val",
                        1,
                        1,
                        "value of a cookie as a number",
                        (call, around) -> Sample.of(cookie(call), Kind.NUMBER))
                .alsoAs("cook_val"));
        rows.addAll(new Fetch(
                        "req.cook_cnt",
                        1,
                        1,
                        "1 if there is such a cookie, else 0",
                        (call, around) ->
                                Sample.of(new Variable.Answer(new Condition.Present(cookie(call))), Kind.NUMBER))
                .alsoAs("cook_cnt"));
    }

    private static void responseRows(List<Fetch> rows) {
        rows.addAll(plain("status", "status of the response", Kind.NUMBER, Attribute.STATUS)
                .alsoAs("resp.status"));
        rows.addAll(new Fetch(
                        "res.hdr",
                        1,
                        2,
                        "member of a response field's list",
                        (call, around) -> member(call, Variable.Side.RESPONSE, Kind.TEXT))
                .alsoAs("shdr"));
        rows.addAll(new Fetch(
                        "res.hdr_ip",
                        1,
                        2,
                        "the same as an address",
                        (call, around) -> member(call, Variable.Side.RESPONSE, Kind.ADDRESS))
                .alsoAs("shdr_ip"));
        rows.addAll(new Fetch(
                        "res.hdr_val",
                        1,
                        2,
                        "the same as a number",
                        (call, around) -> member(call, Variable.Side.RESPONSE, Kind.NUMBER))
                .alsoAs("shdr_val"));
        rows.addAll(new Fetch(
                        "res.hdr_cnt",
                        0,
                        1,
                        "how many members they have",
                        (call, around) -> Sample.of(
                                new Variable.FieldCount(Variable.Side.RESPONSE, name(call), true), Kind.NUMBER))
                .alsoAs("shdr_cnt"));
        rows.add(new Fetch(
                "res.fhdr", 1, 2, "whole field of the response", (call, around) -> line(call, Variable.Side.RESPONSE)));
        rows.add(new Fetch(
                "res.fhdr_cnt",
                0,
                1,
                "how many fields it has",
                (call, around) ->
                        Sample.of(new Variable.FieldCount(Variable.Side.RESPONSE, name(call), false), Kind.NUMBER)));
        rows.add(new Fetch(
                "res.hdr_names",
                0,
                1,
                "names of all its fields",
                (call, around) -> Sample.of(
                        new Variable.FieldNames(Variable.Side.RESPONSE, call.has(0) ? call.arg(0) : ","), Kind.TEXT)));
        rows.addAll(new Fetch(
                        "res.cook",
                        0,
                        1,
                        "cookie that the server sets",
                        (call, around) -> Sample.of(new Variable.UpstreamCookie(call.arg(0)), Kind.TEXT))
                .alsoAs("scook"));
        rows.addAll(new Fetch(
                        "res.cook_val",
                        1,
                        1,
                        "the same as a number",
                        (call, around) -> Sample.of(new Variable.UpstreamCookie(call.arg(0)), Kind.NUMBER))
                .alsoAs("scook_val"));
        rows.addAll(new Fetch(
                        "res.cook_cnt",
                        1,
                        1,
                        "1 if the server sets such a cookie, else 0",
                        (call, around) -> Sample.of(
                                new Variable.Answer(new Condition.Present(new Variable.UpstreamCookie(call.arg(0)))),
                                Kind.NUMBER))
                .alsoAs("scook_cnt"));
        rows.addAll(new Fetch(
                        "res.ver",
                        0,
                        0,
                        "version of HTTP of the response",
                        (call, around) -> Sample.of(answersVersion(), Kind.TEXT))
                .alsoAs("resp_ver"));
        texts(rows, "res", "response", Variable.Side.RESPONSE);
        rows.add(new Fetch(
                "capture.res.hdr",
                1,
                1,
                "captured field of the response",
                (call, around) -> captured(call, around, Variable.Side.RESPONSE)));
    }

    private static void texts(List<Fetch> rows, String prefix, String whose, Variable.Side side) {
        rows.add(new Fetch(
                prefix + ".hdrs",
                0,
                0,
                "all fields of the " + whose + ", and an empty line",
                (call, around) -> Sample.of(new Variable.FieldText(side, false), Kind.TEXT)));
        rows.add(new Fetch(
                prefix + ".hdrs_bin",
                0,
                0,
                "the same as lengths and texts, as SPOE has them",
                (call, around) -> Sample.of(new Variable.FieldText(side, true), Kind.BYTES)));
    }

    static Fetch plain(String name, String doc, Kind kind, Attribute attribute) {
        return new Fetch(name, 0, 0, doc, (call, around) -> Sample.of(builtin(attribute), kind));
    }

    /// Whether a TLS session was taken up again.
    static Fetch resumed(String name, Attribute reused) {
        return new Fetch(
                name,
                0,
                0,
                "whether it was resumed",
                (call, around) -> Sample.of(new Condition.Same(
                        Template.of(builtin(reused), call.origin()), Template.constant("r", call.origin()))));
    }

    static Variable builtin(Attribute attribute) {
        return new Variable.Builtin(attribute);
    }

    private static Variable host() {
        return new Variable.FieldLine(Variable.Side.REQUEST, "host", 1);
    }

    private static Variable version() {
        return new Variable.Converted(builtin(Attribute.SERVER_PROTOCOL), new Conversion.Field(2, HTTP_SLASH, 1));
    }

    private static Variable answersVersion() {
        return new Variable.Converted(builtin(Attribute.UPSTREAM_PROTOCOL), new Conversion.Field(2, HTTP_SLASH, 1));
    }

    private static Variable composed(Span origin, Variable... variables) {
        List<Template.Part> parts = new ArrayList<>();
        for (Variable variable : variables) {
            parts.add(new Template.Part.Reference(variable));
        }
        return new Variable.Composed(new Template(parts, origin));
    }

    private static Variable cookie(Call call) {
        return new Variable.Converted(
                new Variable.RequestHeader("cookie"), new Conversion.Parameter(call.arg(0), ';', false));
    }

    /// Arguments stand between `&` or `;`, behind the `?` or behind another character that is named.
    private static Variable argument(Call call, Surroundings around) {
        String delimiter = call.has(1) ? call.arg(1).substring(0, 1) : "";
        Variable list = delimiter.isEmpty()
                ? builtin(Attribute.QUERY)
                : new Variable.Converted(builtin(Attribute.RAW_TARGET), new Conversion.Field(2, delimiter, 0));
        Variable plain = new Variable.Converted(
                list,
                new Conversion.Replaced(
                        around.regex("[;" + (delimiter.equals("?") ? "" : delimiter) + "]", false, call.origin()),
                        Template.constant("&", call.origin()),
                        true));
        return new Variable.Converted(
                plain, new Conversion.Parameter(call.arg(0), '&', call.arg(2).equals("i")));
    }

    private static String name(Call call) {
        return call.arg(0).toLowerCase(Locale.ROOT);
    }

    private static Sample member(Call call, Variable.Side side, Kind kind) {
        String name = name(call);
        if (call.has(1)) {
            return Sample.of(new Variable.FieldMember(side, name, occurrence(call)), kind);
        }
        Variable list =
                side == Variable.Side.REQUEST ? new Variable.RequestHeader(name) : new Variable.ResponseHeader(name);
        return Sample.ofList(new Variable.FieldMember(side, name, -1), list, kind);
    }

    private static Sample line(Call call, Variable.Side side) {
        return Sample.of(new Variable.FieldLine(side, name(call), call.has(1) ? occurrence(call) : -1), Kind.TEXT);
    }

    private static int occurrence(Call call) {
        return dev.fairlead.dialect.haproxy.value.Figures.signed(call.arg(1))
                .filter(number -> number != 0 && Math.abs(number) <= 10)
                .map(Long::intValue)
                .orElseThrow(() -> new IllegalArgumentException(
                        "occurrence between -10 and 10 expected in '" + call.name() + "', not '" + call.arg(1) + "'"));
    }

    private static Sample captured(Call call, Surroundings around, Variable.Side side) {
        return Sample.of(capture(call, around, side), Kind.TEXT);
    }

    /// The place for the log that the first argument numbers.
    static Variable capture(Call call, Surroundings around, Variable.Side side) {
        List<Variable> captures = around.captures(side);
        int index = dev.fairlead.dialect.haproxy.value.Figures.between(call.arg(0), 0, captures.size() - 1)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no capture " + call.arg(0) + " for '" + call.name() + "'"));
        return captures.get(index);
    }
}
