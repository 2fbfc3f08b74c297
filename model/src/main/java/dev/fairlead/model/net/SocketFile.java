package dev.fairlead.model.net;

import java.util.Optional;
import java.util.OptionalInt;

/// Who may use the file of a unix socket that listens. An empty value leaves what is usual.
///
/// @param mode its permissions, exactly
/// @param user its owner, by name or number
/// @param group its group, by name or number
public record SocketFile(OptionalInt mode, Optional<String> user, Optional<String> group) {
    public static final SocketFile USUAL = new SocketFile(OptionalInt.empty(), Optional.empty(), Optional.empty());
}
