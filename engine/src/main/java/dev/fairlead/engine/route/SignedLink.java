package dev.fairlead.engine.route;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.Access;
import dev.fairlead.time.Clock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Whether the link that a client follows was made by someone who knows the secret.
sealed interface SignedLink {
    /// What the variable for it holds; null where the link is not good.
    @Nullable
    String verdict(Exchange exchange);

    /// Seconds since 1970 up to which it is good, as the link says; null where it says nothing.
    default @Nullable String expiry(Exchange exchange) {
        return null;
    }

    static SignedLink compile(Access.SignedLink link, CompileContext context) {
        return switch (link) {
            case Access.SignedLink.ByText(var value, var signed) ->
                new ByText(context.text(value), context.text(signed), context.clock());
            case Access.SignedLink.InPath(String secret) -> new InPath(Text.bytes(secret));
        };
    }

    private static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /// A text holds the checksum in Base64 and perhaps, behind a comma, the time until which it is good.
    record ByText(Text value, Text signed, Clock clock) implements SignedLink {
        private static final int LONGEST = 24;

        @Override
        public @Nullable String verdict(Exchange exchange) {
            String text = value.of(exchange);
            int comma = text.indexOf(',');
            long until = 0;
            if (comma >= 0) {
                until = seconds(text.substring(comma + 1));
                if (until <= 0) {
                    return null;
                }
            }
            String checksum = comma < 0 ? text : text.substring(0, comma);
            if (!isChecksum(checksum, md5(signed.of(exchange)))) {
                return null;
            }
            return until > 0 && until < clock.wallMillis() / 1000 ? "0" : "1";
        }

        @Override
        public @Nullable String expiry(Exchange exchange) {
            String text = value.of(exchange);
            int comma = text.indexOf(',');
            String behind = comma < 0 ? "" : text.substring(comma + 1);
            return seconds(behind) > 0 ? behind : null;
        }

        private static long seconds(String text) {
            boolean isNumber =
                    !text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
            return isNumber ? Long.parseLong(text) : 0;
        }

        private static boolean isChecksum(String text, byte[] expected) {
            int end = text.indexOf('=');
            if (text.length() > LONGEST) {
                return false;
            }
            try {
                byte[] given = Base64.getUrlDecoder().decode(end < 0 ? text : text.substring(0, end));
                return MessageDigest.isEqual(given, expected);
            } catch (IllegalArgumentException malformed) {
                return false;
            }
        }
    }

    /// The path is `/PREFIX/CHECKSUM/LINK`, and what follows the checksum is signed.
    record InPath(String secret) implements SignedLink {
        private static final int DIGITS = 32;

        @Override
        public @Nullable String verdict(Exchange exchange) {
            String target = exchange.head().target().rawPathAndQuery();
            int start = target.indexOf('/', 1) + 1;
            int end = start == 0 ? -1 : target.indexOf('/', start);
            if (end - start != DIGITS || end + 1 == target.length()) {
                return null;
            }
            String link = target.substring(end + 1);
            try {
                byte[] given = HexFormat.of().parseHex(target, start, end);
                return MessageDigest.isEqual(given, md5(link + secret)) ? link : null;
            } catch (IllegalArgumentException malformed) {
                return null;
            }
        }
    }
}
