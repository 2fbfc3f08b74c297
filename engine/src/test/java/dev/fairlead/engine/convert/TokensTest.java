package dev.fairlead.engine.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String HEAD = encoded("{\"alg\":\"HS256\"}") + "." + encoded("{}") + ".";

    @Test
    void aTokenIsGoodByItsSecretOnly() throws GeneralSecurityException {
        Tokens tokens = new Tokens(Optional.empty(), false);
        String token = signed("hidden");
        assertThat(tokens.verdict(token, "HS256", "hidden")).isEqualTo(1);
        assertThat(tokens.verdict(token, "HS256", "other")).isZero();
        assertThat(tokens.verdict(token, "HS256", "")).isZero();
    }

    @Test
    void thatATokenNamesNoAlgorithmIsNoSignature() throws GeneralSecurityException {
        assertThat(new Tokens(Optional.empty(), false).verdict(HEAD, "none", "hidden"))
                .isZero();
        assertThat(new Tokens(Optional.empty(), true).verdict(HEAD, "none", "hidden"))
                .isEqualTo(1);
    }

    @Test
    void thePathOfAPublicKeyIsNoSecret() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        String token = signed("/etc/key.pem");
        assertThat(new Tokens(Optional.of(pem), false).verdict(token, "HS256", "/etc/key.pem"))
                .isZero();
    }

    private static String encoded(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String signed(String secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String text = HEAD.substring(0, HEAD.length() - 1);
        return HEAD + BASE64.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
