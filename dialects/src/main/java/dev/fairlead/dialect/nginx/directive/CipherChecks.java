package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.model.tls.CipherList;
import dev.fairlead.source.Diagnostic;
import java.util.Optional;

/// Whether lists of ciphers say anything, where TLS is spoken at all: nginx looks at no others.
final class CipherChecks {
    private CipherChecks() {}

    /// The list as the library is given it; one that matches nothing is said once, however many servers share it.
    static Optional<String> checked(Optional<Word> list, Assembly assembly) {
        list.filter(word -> CipherList.matchesNothing(word.text()))
                .ifPresent(word -> assembly.problems()
                        .addOnce(Diagnostic.error(
                                        "nginx.ciphers",
                                        word.span(),
                                        "SSL_CTX_set_cipher_list(\"" + word.text() + "\") failed: no cipher match")
                                .hint(CipherList.HINT)));
        return list.map(Word::text).filter(text -> !text.equals("DEFAULT"));
    }
}
