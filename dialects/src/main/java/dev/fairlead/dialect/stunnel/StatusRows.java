package dev.fairlead.dialect.stunnel;

import dev.fairlead.dialect.Directive;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Options about asking whether certificates have been revoked (OCSP).
final class StatusRows {
    /// Those that stay as strict here, or that OpenSSL does not heed in this place either.
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("NOCERTS", "NOCHAIN", "NOEXPLICIT", "NOCASIGN", "NODELEGATED", "RESPID_KEY", "NOTIME");

    private static final Set<String> LOOSE = Set.of("NOSIGS", "NOVERIFY", "NOCHECKS", "TRUSTOTHER");

    private StatusRows() {}

    static List<Directive<Place, Setter>> rows() {
        return List.of(
                Rows.row(
                        "OCSP",
                        "Names the OCSP responder, http://HOST[:PORT]/PATH, who has to call every certificate of the chain"
                                + " good, roots aside.",
                        StatusRows::responder),
                Rows.row(
                        "OCSPaia",
                        "Asks the OCSP responders that certificates name. What does not name one passes.",
                        (option, service, global, reading) -> Values.yesOrNo(option, reading)
                                .ifPresent(
                                        yes -> service.namedResponders = Optional.of(new Given<>(yes, option.span())))),
                Rows.row(
                        "OCSPflag",
                        "Answers are always verified in full: flags that would have less verified are warned about, NOINTERN"
                                + " is refused, the others change nothing.",
                        StatusRows::flag),
                Rows.flag(
                        "OCSPnonce",
                        "Asks for answers made for the question alone, and believes no others.",
                        (s, yes) -> s.statusNonce = yes),
                Rows.flag(
                        "OCSPrequire",
                        "`no` accepts certificates of which nothing certain could be learnt. Of stunnel 5.72 and later.",
                        (s, yes) -> s.statusRequired = yes),
                Rows.seconds(
                        "TIMEOUTocsp",
                        "Bounds how long a responder may take: 5 seconds unless given. Of later versions of stunnel 5.",
                        (s, time) -> s.statusPatience = time));
    }

    private static void responder(Line.Option option, Service service, Global global, Reading reading) {
        String url = option.value();
        if (url.regionMatches(true, 0, "http://", 0, 7) && url.length() > 7) {
            service.responder = Optional.of(new Given<>(url, option.span()));
        } else {
            reading.wrong(
                    option,
                    "Failed to parse the OCSP URL",
                    "http://HOST[:PORT]/PATH; what responders say is signed and needs no TLS");
        }
    }

    private static void flag(Line.Option option, Service service, Global global, Reading reading) {
        String flag = option.value().toUpperCase(Locale.ROOT);
        if (flag.equals("NOINTERN")) {
            reading.problems()
                    .error(
                            "stunnel.unsupported",
                            option.valueSpan(),
                            "\"OCSPflag = NOINTERN\" is not supported by Fairlead",
                            "an answer may bring the certificate of the one who has signed it, if the authority has"
                                    + " appointed it");
        } else if (LOOSE.contains(flag)) {
            reading.warn(option, "answers are verified all the same", "leave it out");
        } else if (WITHOUT_EFFECT.contains(flag)) {
            reading.note(option, "changes nothing");
        } else {
            reading.wrong(option, "Illegal OCSP flag", "for example NOCHECKS");
        }
    }
}
