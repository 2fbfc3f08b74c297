package dev.fairlead.model.text;

import dev.fairlead.source.Span;
import java.util.List;
import java.util.Set;

/// Users and passwords that stand in a configuration.
public record UserList(String name, List<User> users, Span origin) {
    /// @param groups those the user is in
    public record User(String name, Secret secret, Set<String> groups, Span origin) {}

    /// What a password is compared with.
    public sealed interface Secret {
        /// In the form of crypt(3), or one of the forms of a password file.
        record Hashed(String hash) implements Secret {}

        /// The password itself.
        record Plain(String password) implements Secret {}
    }
}
