package dev.fairlead.engine.tls;

import dev.fairlead.model.tls.OnlineStatus;
import io.netty.handler.ssl.OpenSslCertificateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks whether certificates are still good, and believes what the certificate's authority, or one it has
/// appointed, has signed. Takes its time: a handshake that asks runs on [#threads()].
///
/// The JDK's [PKIXRevocationChecker] judges what is answered but is not left to ask: it has one limit of time for
/// all services, and that for each read, reads answers however long they are, asks only the first responder that a
/// certificate names, and believes answers that lack the question's nonce.
final class StatusInquiry {
    private static final Logger LOG = LoggerFactory.getLogger(StatusInquiry.class);
    private static final String AUTHORITY_ACCESS = "1.3.6.1.5.5.7.1.1";
    private static final byte[] BY_OCSP = {0x2b, 6, 1, 5, 5, 7, 0x30, 1};
    private static final int URI = 0x86;

    // Numbers of OpenSSL's verification errors.
    private static final int REVOKED = 23;
    private static final int NOT_CERTAIN = 50;

    private final OnlineStatus how;

    StatusInquiry(OnlineStatus how) {
        this.how = how;
    }

    private static final class Threads {
        private static final Executor ALL = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("certificate-status-", 0).factory());
    }

    /// Who waits for answers while event loops go on.
    static Executor threads() {
        return Threads.ALL;
    }

    private enum Status {
        GOOD,
        REVOKED,
        UNKNOWN
    }

    /// Throws if one of the certificates is not good any more, or may not be.
    ///
    /// @param path each vouched for by the next
    void check(List<X509Certificate> path) throws CertificateException {
        for (int i = path.size() - 1; i >= 0; i--) {
            X509Certificate certificate = path.get(i);
            boolean isRoot = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
            if (!isRoot) {
                check(certificate, path.get(Math.min(i + 1, path.size() - 1)));
            }
        }
    }

    private void check(X509Certificate certificate, X509Certificate issuer) throws CertificateException {
        if (how.responder().isPresent()) {
            demand(ask(how.responder().get(), certificate, issuer), certificate);
        }
        if (!how.named()) {
            return;
        }
        List<String> named = named(certificate);
        Status status = Status.UNKNOWN;
        for (int i = 0; i < named.size() && status == Status.UNKNOWN; i++) {
            status = ask(named.get(i), certificate, issuer);
        }
        if (!named.isEmpty()) {
            demand(status, certificate);
        }
    }

    private void demand(Status status, X509Certificate certificate) throws CertificateException {
        if (status == Status.REVOKED) {
            throw new OpenSslCertificateException(
                    "the certificate of " + certificate.getSubjectX500Principal() + " is revoked, says OCSP", REVOKED);
        }
        if (status == Status.UNKNOWN && how.required()) {
            throw new OpenSslCertificateException(
                    "whether the certificate of " + certificate.getSubjectX500Principal()
                            + " is still good could not be learnt by OCSP",
                    NOT_CERTAIN);
        }
    }

    private Status ask(String url, X509Certificate certificate, X509Certificate issuer) {
        try {
            StatusQuestion question = StatusQuestion.about(certificate, issuer, how.nonce());
            byte[] answer = StatusResponder.at(url).ask(question.encoded(), how.patience());
            if (!StatusQuestion.isAnswered(answer)) {
                throw new CertificateException("it answers with an error");
            }
            question.checkFreshness(answer);
            validate(answer, certificate, issuer);
            return Status.GOOD;
        } catch (CertPathValidatorException refused) {
            if (refused.getReason() == BasicReason.REVOKED) {
                return Status.REVOKED;
            }
            tell(url, certificate, refused);
        } catch (IOException | GeneralSecurityException failure) {
            tell(url, certificate, failure);
        }
        return Status.UNKNOWN;
    }

    private static void tell(String url, X509Certificate certificate, Exception failure) {
        LOG.warn(
                "OCSP: {} does not tell whether the certificate of {} is good: {}",
                url,
                certificate.getSubjectX500Principal(),
                Identity.reason(failure));
    }

    /// Whether the answer is signed by who may say it, is of now, and says that the certificate is good.
    private static void validate(byte[] answer, X509Certificate certificate, X509Certificate issuer)
            throws GeneralSecurityException {
        CertPathValidator validator = CertPathValidator.getInstance("PKIX");
        PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
        checker.setOptions(EnumSet.of(PKIXRevocationChecker.Option.NO_FALLBACK));
        checker.setOcspResponses(Map.of(certificate, answer));
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(issuer, null)));
        parameters.addCertPathChecker(checker);
        validator.validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
    }

    /// URLs that the certificate names for it (RFC 5280, 4.2.2.1).
    private static List<String> named(X509Certificate certificate) throws CertificateException {
        Optional<byte[]> extension = Optional.ofNullable(certificate.getExtensionValue(AUTHORITY_ACCESS));
        List<String> urls = new ArrayList<>();
        if (extension.isPresent()) {
            for (Der access : Der.read(Der.read(extension.get()).content()).parts()) {
                Der place = access.part(1);
                if (Arrays.equals(access.part(0).content(), BY_OCSP) && place.tag() == URI) {
                    urls.add(new String(place.content(), StandardCharsets.US_ASCII));
                }
            }
        }
        return urls;
    }
}
