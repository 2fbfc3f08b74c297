package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a client, or a server, says first, where bytes are passed on.
final class WordFetches {
    private static final int MOST = 16_384;
    private static final int WIDEST = 4;
    private static final int MESSAGE_TYPE = 5;

    private WordFetches() {}

    static List<Fetch> rows() {
        List<Fetch> rows = new ArrayList<>();
        clientRows(rows);
        rows.add(new Fetch(
                "payload",
                2,
                2,
                "stretch of the first bytes (mode tcp)",
                (call, around) -> stretch(call, around.isOfAnswers() ? said(call, around) : asked())));
        rows.add(new Fetch(
                "payload_lv",
                2,
                3,
                "stretch of the first bytes behind its length (mode tcp)",
                (call, around) -> prefixed(call, around.isOfAnswers() ? said(call, around) : asked())));
        serverRows(rows);
        return rows;
    }

    private static void clientRows(List<Fetch> rows) {
        rows.add(new Fetch(
                "req.payload",
                2,
                2,
                "stretch of the client's first bytes (mode tcp)",
                (call, around) -> stretch(call, asked())));
        rows.add(new Fetch(
                "req.payload_lv",
                2,
                3,
                "stretch of the client's first bytes behind its length (mode tcp)",
                (call, around) -> prefixed(call, asked())));
        rows.addAll(new Fetch(
                        "req.len",
                        0,
                        0,
                        "how many bytes the client has sent (mode tcp)",
                        (call, around) -> length(call, asked()))
                .alsoAs("req_len"));
        rows.addAll(new Fetch(
                        "req.proto_http",
                        0,
                        0,
                        "whether the client's first bytes are a request of HTTP (mode tcp)",
                        (call, around) -> Sample.of(new Condition.Matches(
                                Template.of(asked(), call.origin()),
                                around.regex("^\\r?\\n?[A-Za-z][A-Za-z-]* [^ ]+ HTTP/[0-9]", false, call.origin()))))
                .alsoAs("req_proto_http"));
        rows.add(new Fetch(
                "req.ssl_alpn",
                0,
                0,
                "first protocol that a handshake offers by ALPN (mode tcp)",
                (call, around) -> Sample.of(
                        new Variable.Converted(
                                RequestFetches.builtin(Attribute.TLS_OFFERED_PROTOCOLS),
                                new Conversion.Field(1, ",", 1)),
                        Kind.TEXT)));
    }

    private static void serverRows(List<Fetch> rows) {
        rows.add(new Fetch(
                "res.payload",
                2,
                2,
                "stretch of the server's first bytes (stick store-response in mode tcp)",
                (call, around) -> stretch(call, said(call, around))));
        rows.add(new Fetch(
                "res.payload_lv",
                2,
                3,
                "stretch of the server's first bytes behind its length (stick store-response in mode tcp)",
                (call, around) -> prefixed(call, said(call, around))));
        rows.add(new Fetch(
                "res.len",
                0,
                0,
                "how many bytes the server has sent (stick store-response in mode tcp)",
                (call, around) -> length(call, said(call, around))));
        rows.addAll(new Fetch(
                        "res.ssl_hello_type",
                        0,
                        0,
                        "2 if a server's handshake begins (stick store-response in mode tcp)",
                        WordFetches::messageType)
                .alsoAs("rep_ssl_hello_type"));
    }

    private static Variable asked() {
        return RequestFetches.builtin(Attribute.FIRST_BYTES);
    }

    private static Variable said(Call call, Surroundings around) {
        if (!around.isTcp()) {
            throw new IllegalArgumentException("'" + call.name()
                    + "' is for 'stick store-response' in mode tcp: elsewhere, answers of servers are not looked at");
        }
        return RequestFetches.builtin(Attribute.SERVER_FIRST_BYTES);
    }

    private static Sample stretch(Call call, Variable bytes) {
        int length = natural(call, 1);
        return Sample.of(
                new Variable.Converted(
                        bytes,
                        new Conversion.Slice(natural(call, 0), length == 0 ? Optional.empty() : Optional.of(length))),
                Kind.BYTES);
    }

    /// `(OFFSET, WIDTH[, START])`: with a sign, the start is counted from behind the number.
    private static Sample prefixed(Call call, Variable bytes) {
        int offset = natural(call, 0);
        int width = Figures.between(call.arg(1), 1, WIDEST)
                .orElseThrow(() -> new IllegalArgumentException("payload length must be > 0 and at most " + WIDEST));
        int start = offset + width;
        if (call.has(2)) {
            boolean isRelative = call.arg(2).startsWith("+") || call.arg(2).startsWith("-");
            long said = Figures.signed(call.arg(2).startsWith("+") ? call.arg(2).substring(1) : call.arg(2))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "fetch method '" + call.name() + "' expects an integer, not '" + call.arg(2) + "'"));
            long place = isRelative ? start + said : said;
            if (place < 0 || place > MOST) {
                throw new IllegalArgumentException("payload offset2 is out of what is looked at");
            }
            start = (int) place;
        }
        return Sample.of(
                new Variable.Converted(bytes, new Conversion.LengthPrefixed(offset, width, start)), Kind.BYTES);
    }

    private static Sample length(Call call, Variable bytes) {
        return Sample.of(
                new Variable.Converted(
                        new Variable.Converted(bytes, Conversion.Plain.LENGTH),
                        new Conversion.OrElse(Template.constant("0", call.origin()))),
                Kind.NUMBER);
    }

    /// The first message in a record of TLS.
    private static Sample messageType(Call call, Surroundings around) {
        Variable bytes = said(call, around);
        Condition isHandshake = new Condition.Matches(
                Template.of(bytes, call.origin()), around.regex("^\\x16\\x03", false, call.origin()));
        Variable type = new Variable.Converted(
                new Variable.Converted(
                        new Variable.Converted(bytes, new Conversion.Slice(MESSAGE_TYPE, Optional.of(1))),
                        Conversion.Plain.ENCODE_HEX),
                Conversion.Plain.HEX_TO_NUMBER);
        return Sample.of(
                new Variable.Converted(
                        new Variable.Answer(isHandshake),
                        new Conversion.Chosen(Template.of(type, call.origin()), Template.constant("0", call.origin()))),
                Kind.NUMBER);
    }

    private static int natural(Call call, int index) {
        return Figures.between(call.arg(index), 0, MOST)
                .orElseThrow(() -> new IllegalArgumentException(
                        "fetch method '" + call.name() + "' expects an integer, not '" + call.arg(index) + "'"));
    }
}
