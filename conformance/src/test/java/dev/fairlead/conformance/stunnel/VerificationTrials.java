package dev.fairlead.conformance.stunnel;

import static dev.fairlead.conformance.stunnel.Trial.Visit.as;
import static dev.fairlead.conformance.stunnel.Trial.Visit.old;

import java.util.ArrayList;
import java.util.List;

/// Services that ask clients for certificates.
final class VerificationTrials {
    private static final String HEAD = """
            cert = {certs}/server-all.pem
            [service]
            accept = 127.0.0.1:{A}
            connect = 127.0.0.1:{plain}
            """;

    private VerificationTrials() {}

    static List<Trial> all() {
        List<Trial> trials = new ArrayList<>();
        for (int level = 0; level <= 4; level++) {
            trials.add(asked("verify = " + level, "CAfile = {certs}/ca.pem\nverify = " + level + "\n"));
        }
        trials.add(asked("verify = 4, the certificate itself", "CAfile = {certs}/client.pem\nverify = 4\n"));
        trials.add(asked("verifyChain", "CAfile = {certs}/ca.pem\nverifyChain = yes\n"));
        trials.add(asked("verifyChain with a folder", "CApath = {certs}/hashed\nverifyChain = yes\n"));
        trials.add(asked("verifyPeer", "CAfile = {certs}/client.pem\nverifyPeer = yes\n"));
        trials.add(asked(
                "verifyChain and requireCert = no", "CAfile = {certs}/ca.pem\nverifyChain = yes\nrequireCert = no\n"));
        trials.add(asked("requireCert alone", "requireCert = yes\n"));
        trials.add(asked("checkHost", "CAfile = {certs}/ca.pem\nverifyChain = yes\ncheckHost = client.example\n"));
        trials.add(asked(
                "checkHost, either of two",
                "CAfile = {certs}/ca.pem\nverifyChain = yes\ncheckHost = client.example\ncheckHost = other.example\n"));
        trials.add(asked(
                "checkEmail", "CAfile = {certs}/ca.pem\nverifyChain = yes\ncheckEmail = client@client.example\n"));
        trials.add(asked(
                "a list of those revoked", "CAfile = {certs}/ca.pem\nCRLfile = {certs}/crl.pem\nverifyChain = yes\n"));
        trials.add(asked(
                "a folder of lists of those revoked",
                "CAfile = {certs}/ca.pem\nCRLpath = {certs}/crls\nverifyChain = yes\n"));
        trials.add(asked(
                "a folder without lists", "CAfile = {certs}/ca.pem\nCRLpath = {certs}/empty\nverifyChain = yes\n"));
        trials.add(asked(
                "others are sent elsewhere",
                "CAfile = {certs}/ca.pem\nverifyChain = yes\nredirect = 127.0.0.1:{second}\n"));
        return trials;
    }

    private static Trial asked(String name, String options) {
        return Trial.of(
                name,
                HEAD + options,
                as(""),
                as("client"),
                as("other"),
                as("stranger"),
                as("revoked"),
                old(""),
                old("client"),
                old("stranger"));
    }
}
