package dev.fairlead.model.tls;

import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;

/// A certificate chain and its private key, both PEM.
///
/// @param certificate path of the chain, leaf first; may also hold the key
/// @param key path of the private key; may be the same file
/// @param passwordFiles paths of files with candidate passphrases, one per line
/// @param shownFor which server names it is shown for: `name`, `*.name` for any one label in front, `!name` for
///     one that it is not shown for; none of them for the names that stand in the certificate. Without a list
///     it is shown whatever a client asks for
public record TlsIdentity(
        String certificate, String key, List<String> passwordFiles, Optional<List<String>> shownFor, Span origin) {
    /// Shown whatever a client asks for.
    public TlsIdentity(String certificate, String key, List<String> passwordFiles, Span origin) {
        this(certificate, key, passwordFiles, Optional.empty(), origin);
    }

    /// The same, shown for certain names.
    public TlsIdentity shownFor(List<String> names) {
        return new TlsIdentity(certificate, key, passwordFiles, Optional.of(List.copyOf(names)), origin);
    }

    /// How a client proves who it is.
    ///
    /// @param mode what is asked of the client
    /// @param authorities path of the PEM file with the authorities that clients' certificates are checked
    ///     against and whose names are announced
    /// @param trustedOnly path of further authorities that are not announced
    /// @param revocations path of a PEM revocation list
    /// @param depth the longest chain accepted, at least 1
    /// @param inHandshake whether a client that is not accepted is refused in the handshake; else requests are
    ///     answered with an error
    /// @param checks what else is asked of the client's certificate
    public record ClientAuth(
            Mode mode,
            Optional<String> authorities,
            Optional<String> trustedOnly,
            Optional<String> revocations,
            int depth,
            boolean inHandshake,
            PeerChecks checks,
            Span origin) {
        /// With the usual checks, judged once the handshake is complete.
        public ClientAuth(
                Mode mode,
                Optional<String> authorities,
                Optional<String> trustedOnly,
                Optional<String> revocations,
                int depth,
                Span origin) {
            this(mode, authorities, trustedOnly, revocations, depth, false, PeerChecks.CHAIN, origin);
        }

        /// What is asked of the client.
        public enum Mode {
            NONE,
            /// Ask; a client without a certificate, or with a bad one, gets status 496 or 495.
            REQUIRED,
            /// Ask; verify if one is sent.
            OPTIONAL,
            /// Ask; accept any.
            OPTIONAL_UNVERIFIED,
            /// Any certificate is needed, whoever vouches for it.
            REQUIRED_UNVERIFIED
        }
    }
}
