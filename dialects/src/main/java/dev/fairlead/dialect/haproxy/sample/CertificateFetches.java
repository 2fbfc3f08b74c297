package dev.fairlead.dialect.haproxy.sample;

import static dev.fairlead.dialect.haproxy.sample.RequestFetches.builtin;
import static dev.fairlead.dialect.haproxy.sample.RequestFetches.plain;

import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Conversion.CertificatePart;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import java.util.ArrayList;
import java.util.List;

/// What is fetched of the client's certificate (`ssl_c_`) and of ours (`ssl_f_`).
final class CertificateFetches {
    private CertificateFetches() {}

    static List<Fetch> rows() {
        List<Fetch> rows = new ArrayList<>();
        rows.addAll(new Fetch(
                        "ssl_c_used",
                        0,
                        0,
                        "whether the client showed a certificate",
                        (call, around) -> Sample.of(
                                new Condition.IsTrue(Template.of(builtin(Attribute.TLS_CLIENT_SERIAL), call.origin()))))
                .alsoAs("ssl_fc_has_crt"));
        rows.add(new Fetch(
                "ssl_c_verify",
                0,
                0,
                "0 if its certificate is good, else OpenSSL's number",
                (call, around) -> Sample.of(verification(call), Kind.NUMBER)));
        rows.add(new Fetch(
                "ssl_c_err",
                0,
                0,
                "the first error of its certificate, or 0",
                (call, around) -> Sample.of(
                        new Variable.Converted(
                                verification(call),
                                new Conversion.Replaced(
                                        around.regex("^21$", false, call.origin()),
                                        Template.constant("20", call.origin()),
                                        false)),
                        Kind.NUMBER)));
        rows.add(plain("ssl_fc_alpn", "protocol chosen by ALPN", Kind.TEXT, Attribute.TLS_CHOSEN_PROTOCOL));
        add(rows, "ssl_c_", "its certificate", Attribute.TLS_CLIENT_CERTIFICATE_DER);
        add(rows, "ssl_s_", "the server's certificate", Attribute.UPSTREAM_TLS_CERTIFICATE_DER);
        add(rows, "ssl_f_", "our certificate", Attribute.TLS_SERVER_CERTIFICATE_DER);
        return rows;
    }

    private static Variable verification(Call call) {
        return new Variable.Converted(
                builtin(Attribute.TLS_CLIENT_VERIFY_NUMBER),
                new Conversion.OrElse(Template.constant("0", call.origin())));
    }

    private static void add(List<Fetch> rows, String prefix, String whose, Attribute der) {
        rows.add(plain(prefix + "der", whose + " in DER", Kind.BYTES, der));
        rows.add(row(
                prefix + "sha1",
                "fingerprint of " + whose,
                der,
                new Conversion.Digested(Conversion.Digest.SHA1),
                Kind.BYTES));
        rows.add(row(prefix + "serial", "serial number of " + whose, der, of(CertificatePart.SERIAL), Kind.BYTES));
        rows.add(row(prefix + "version", "version of " + whose, der, of(CertificatePart.VERSION), Kind.NUMBER));
        rows.add(row(
                prefix + "notbefore",
                "when " + whose + " begins to hold",
                der,
                of(CertificatePart.VALID_FROM),
                Kind.TEXT));
        rows.add(row(
                prefix + "notafter",
                "when " + whose + " ends to hold",
                der,
                of(CertificatePart.VALID_UNTIL),
                Kind.TEXT));
        rows.add(row(
                prefix + "sig_alg",
                "how " + whose + " is signed",
                der,
                of(CertificatePart.SIGNATURE_ALGORITHM),
                Kind.TEXT));
        rows.add(row(
                prefix + "key_alg", "kind of the key of " + whose, der, of(CertificatePart.KEY_ALGORITHM), Kind.TEXT));
        rows.add(name(prefix + "s_dn", "subject of " + whose, der, false));
        rows.add(name(prefix + "i_dn", "issuer of " + whose, der, true));
    }

    private static Conversion of(CertificatePart part) {
        return new Conversion.OfCertificate(part);
    }

    private static Fetch row(String name, String doc, Attribute der, Conversion how, Kind kind) {
        return new Fetch(name, 0, 0, doc, (call, around) -> Sample.of(new Variable.Converted(builtin(der), how), kind));
    }

    /// `NAME`, `NAME(CN)`, `NAME(OU,2)`, `NAME(,0,rfc2253)`.
    private static Fetch name(String name, String doc, Attribute der, boolean isIssuer) {
        return new Fetch(
                name,
                0,
                3,
                doc,
                (call, around) -> Sample.of(
                        new Variable.Converted(
                                builtin(der),
                                new Conversion.CertificateName(
                                        isIssuer,
                                        call.arg(0),
                                        number(call),
                                        call.arg(2).equals("rfc2253"))),
                        Kind.TEXT));
    }

    private static int number(Call call) {
        return call.has(1)
                ? Figures.signed(call.arg(1))
                        .filter(number -> Math.abs(number) < Integer.MAX_VALUE)
                        .map(number -> number == 0 ? 1 : Math.toIntExact(number))
                        .orElseThrow(
                                () -> new IllegalArgumentException("expects an integer, not '" + call.arg(1) + "'"))
                : 1;
    }
}
