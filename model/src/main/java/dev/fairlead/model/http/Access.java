package dev.fairlead.model.http;

import dev.fairlead.model.net.AddressRange;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;

/// Who may.
///
/// @param rules the first that contains the client's address decides; nobody is refused when none does
/// @param basic user and password
/// @param satisfyAny whether passing either the rules or the password suffices
public record Access(List<AddressRule> rules, Optional<BasicAuth> basic, boolean satisfyAny) {
    public static final Access OPEN = new Access(List.of(), Optional.empty(), false);

    public record AddressRule(boolean allow, AddressRange range, Span origin) {}

    /// @param realm what the browser shows
    /// @param userFile path of a file of `name:hash` lines
    public record BasicAuth(Template realm, Template userFile, Span origin) {}
}
