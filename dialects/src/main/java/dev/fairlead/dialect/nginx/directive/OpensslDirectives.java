package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Settings of OpenSSL, which is not the TLS library here: those that only tune are left aside with a warning, and
/// whatever would let fewer clients in, or other ones, is refused.
final class OpensslDirectives {
    private static final Set<String> HARMLESS = Set.of(
            "ktls",
            "prioritizechacha",
            "serverpreference",
            "bugs",
            "middleboxcompat",
            "norenegotiation",
            "-compression",
            "dhsingle",
            "ecdhsingle");
    private static final Set<String> SUITES =
            Set.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private OpensslDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(new Directive<>(
                "ssl_conf_command",
                Rows.andStream(HTTP_SERVER),
                Arity.exactly(2),
                false,
                true,
                "",
                new Support.WithoutEffect("OpenSSL is not the TLS library; what restricts clients is refused", true),
                OpensslDirectives::command));
    }

    private static void command(Statement statement, Level level, Compilation c) {
        Word value = statement.arg(1);
        Optional<String> complaint = switch (statement.arg(0).text().toLowerCase(Locale.ROOT)) {
            case "options" ->
                Stream.of(value.text().split(",", -1))
                        .map(String::strip)
                        .filter(option -> !HARMLESS.contains(option.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .map(option -> "there is no option " + option
                                + (option.endsWith("SessionTicket") ? "; use ssl_session_tickets" : ""));
            case "ciphersuites" ->
                Optional.of("suites of TLS 1.3 cannot be left out; without the directive, or with all of "
                                + String.join(":", SUITES.stream().sorted().toList()) + ", it runs")
                        .filter(text -> !List.of(value.text().split(":", -1)).containsAll(SUITES));
            case "minprotocol", "maxprotocol", "protocol" -> Optional.of("use ssl_protocols");
            case "ciphers", "cipherstring" -> Optional.of("use ssl_ciphers");
            case "curves", "groups" -> Optional.of("use ssl_ecdh_curve");
            default -> Optional.of("settings of OpenSSL are not reachable");
        };
        complaint.ifPresent(text -> c.problems()
                .error(
                        "nginx.unsupported",
                        statement.span(),
                        "directive \"ssl_conf_command\" is not supported by Fairlead: " + text));
    }
}
