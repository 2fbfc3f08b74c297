package dev.fairlead.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The hashes were made by `openssl passwd`, `htpasswd` and the system's crypt(3) for the password "secret".
class PasswordHashTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{PLAIN}secret",
                "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=",
                "{SSHA}8bX4JQDfZqtTfvnQ4ssDmWb17/FTQUxU",
                "$apr1$1hJQL2ab$.1IUw7vOm2l0wlOXUzlih/",
                "$1$HQyuYoG9$W4KKs86HgZtzWUm3QVA5L.",
                "$5$hbJ/vJJ.GvAsO/Sa$Q5LWnTNpq8h9GNU3/baW8J.MsG3B.0URbV8qS3uHYD.",
                "$6$V2Ciu4XB3NCL4ibY$yZInIwHLw08/uZZ0exSm3O4WRAHBOP0IQXkzUFr93O84kUsytwjvkibv93oneRb57Ya5jkJqleEhK/jyzLB1T/",
            })
    void onlyTheRightPasswordMatches(String hash) {
        assertThat(PasswordHash.check("secret", hash)).isEqualTo(PasswordHash.Outcome.MATCHES);
        assertThat(PasswordHash.check("Secret", hash)).isEqualTo(PasswordHash.Outcome.DIFFERS);
        assertThat(PasswordHash.check("", hash)).isEqualTo(PasswordHash.Outcome.DIFFERS);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "$9$x$y", "{SSHA}short", "{SHA}!"})
    void whatIsNoHashMatchesNothing(String hash) {
        assertThat(PasswordHash.check("secret", hash)).isNotEqualTo(PasswordHash.Outcome.MATCHES);
    }

    @Test
    void linesOfAFileAreReadAsNginxReadsThem(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("users"), "# no:one\nanna:{PLAIN}a:Anna\r\n\nanna:second\nbert\n");
        PasswordFile read = PasswordFile.read(file);
        assertThat(read.hashOf("anna")).contains("{PLAIN}a");
        assertThat(read.hashOf("bert")).isEmpty();
        assertThat(read.hashOf("# no")).isEmpty();
    }
}
