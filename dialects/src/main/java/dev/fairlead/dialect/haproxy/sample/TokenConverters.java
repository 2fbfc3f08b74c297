package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Template;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The converters that look into JSON Web Tokens.
final class TokenConverters {
    private static final Set<String> ALGORITHMS = Set.of(
            "none", "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384",
            "PS512");

    private TokenConverters() {}

    static List<Converter> rows() {
        return List.of(
                new Converter(
                        "jwt_verify",
                        2,
                        2,
                        Optional.of(Kind.NUMBER),
                        "1 if a JSON Web Token is signed",
                        TokenConverters::verdict),
                query("jwt_header_query", 1, "value in the header of a JSON Web Token"),
                query("jwt_payload_query", 2, "value in what a JSON Web Token claims"));
    }

    private static Converter query(String name, int part, String doc) {
        return new Converter(
                name,
                0,
                2,
                Optional.of(Kind.TEXT),
                doc,
                (call, around) -> call.has(0)
                        ? new Conversion.Both(new Conversion.TokenPart(part), new Conversion.JsonValue(call.arg(0)))
                        : new Conversion.TokenPart(part));
    }

    /// `jwt_verify(ALGORITHM,KEY)`: each is a variable if it is called like one. The key is the secret, or the
    /// file of a public key.
    private static Conversion verdict(Call call, Surroundings around) {
        String algorithm = call.arg(0);
        boolean isNamed = ALGORITHMS.contains(algorithm);
        if (!isNamed && !isVariable(algorithm)) {
            throw new IllegalArgumentException("unknown JWT algorithm: " + algorithm);
        }
        if (algorithm.startsWith("PS")) {
            throw new IllegalArgumentException("RSASSA-PSS JWS signing not managed yet");
        }
        boolean mayBeSecret = !isNamed || algorithm.startsWith("HS") || algorithm.equals("none");
        Optional<String> publicKey = Optional.empty();
        if (isVariable(call.arg(1))) {
            if (!mayBeSecret) {
                throw new IllegalArgumentException(
                        "the file of the public key stands in the line itself, not in a variable");
            }
        } else if (!isNamed || !mayBeSecret) {
            publicKey = key(call, around, mayBeSecret);
        }
        return new Conversion.TokenVerdict(text(call, 0, around), text(call, 1, around), publicKey);
    }

    private static Optional<String> key(Call call, Surroundings around, boolean mayBeSecret) {
        try {
            return Optional.of(String.join("\n", around.lines(call.arg(1))));
        } catch (IOException unreadable) {
            if (mayBeSecret) {
                return Optional.empty();
            }
            throw new IllegalArgumentException("failed to open public key <" + call.arg(1) + ">", unreadable);
        }
    }

    private static boolean isVariable(String text) {
        return text.matches("(proc|sess|txn|req|res)\\.[A-Za-z0-9_.]+");
    }

    private static Template text(Call call, int index, Surroundings around) {
        String text = call.arg(index);
        return isVariable(text)
                ? Template.of(around.variable(text), call.origin())
                : Template.constant(text, call.origin());
    }
}
