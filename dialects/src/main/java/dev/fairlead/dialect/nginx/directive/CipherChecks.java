package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.Ciphers;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.syntax.Word;
import java.util.Optional;

/// Whether lists of ciphers say anything, where TLS is spoken at all: nginx looks at no others.
final class CipherChecks {
    private CipherChecks() {}

    /// The list as the library is given it; one that matches nothing is said once, however many servers share it.
    static Optional<String> checked(Optional<Word> list, Assembly assembly) {
        list.ifPresent(word -> Ciphers.look(
                word.text(),
                word.span(),
                "nginx.ciphers",
                "SSL_CTX_set_cipher_list(\"" + word.text() + "\") failed: no cipher match",
                assembly.problems()));
        return list.map(Word::text).filter(text -> !text.equals("DEFAULT"));
    }
}
