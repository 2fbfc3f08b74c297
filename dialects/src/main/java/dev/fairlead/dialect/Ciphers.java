package dev.fairlead.dialect;

import dev.fairlead.model.tls.CipherList;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;

/// Looks at lists of ciphers as the TLS library of the imitated programs would, before they are used.
public final class Ciphers {
    private Ciphers() {}

    /// Tells of a list that leaves no cipher up to TLS 1.2, once however many use it: an error where it means
    /// nothing to OpenSSL either, a warning where OpenSSL has ciphers that are not here, and TLS 1.3 is what
    /// remains.
    ///
    /// @param code of the dialect
    /// @param failure what the imitated program says
    public static void look(String list, Span at, String code, String failure, Problems problems) {
        if (!CipherList.matchesNothing(list)) {
            return;
        }
        boolean isElsewhere = CipherList.mayMatchElsewhere(list);
        Diagnostic found = isElsewhere
                ? Diagnostic.warning(
                        code, at, "none of these ciphers is here: TLS 1.3 alone can be spoken, with ciphers of its own")
                : Diagnostic.error(code, at, failure);
        problems.addOnce(found.hint("such as HIGH:!aNULL or ECDHE+AESGCM; openssl ciphers -v LIST shows what a list"
                + " matches, of which those with ECDHE, or AES and RSA, are here"));
    }
}
