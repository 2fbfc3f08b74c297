package dev.fairlead.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CredentialsTest {
    @Test
    void userAndPasswordAreDividedAtTheFirstColon() {
        assertThat(Credentials.parse("Basic YTpiOmM=")).contains(new Credentials("a", "b:c"));
        assertThat(Credentials.parse("basic   YTpi")).contains(new Credentials("a", "b"));
    }

    @Test
    void whatCannotBeReadIsAsIfItWereNotThere() {
        assertThat(Credentials.parse("Bearer YTpi")).isEmpty();
        assertThat(Credentials.parse("Basic !")).isEmpty();
        assertThat(Credentials.parse("Basic YQ==")).isEmpty();
        assertThat(Credentials.parse("Basic")).isEmpty();
    }
}
