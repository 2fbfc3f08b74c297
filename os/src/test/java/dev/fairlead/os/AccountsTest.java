package dev.fairlead.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountsTest {
    @Test
    void rootIsFoundByNameAndByNumber() {
        assertThat(Accounts.user("root")).hasValueSatisfying(root -> {
            assertThat(root.uid()).isZero();
            assertThat(root.home()).startsWith("/");
        });
        assertThat(Accounts.user("0")).isEqualTo(Accounts.user("root"));
        assertThat(Accounts.group("root"))
                .hasValueSatisfying(group -> assertThat(group.gid()).isZero());
    }

    @Test
    void unknownNamesAreEmpty() {
        assertThat(Accounts.user("no-such-user-here")).isEmpty();
        assertThat(Accounts.group("no-such-group-here")).isEmpty();
    }
}
