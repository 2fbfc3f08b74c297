package dev.fairlead.model.http;

import dev.fairlead.model.net.AddressRange;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;

/// Who may.
///
/// @param rules the first that contains the client's address decides; nobody is refused when none does
/// @param basic user and password
/// @param inquiry another place that is asked
/// @param satisfyAny whether passing one of them suffices
public record Access(
        List<AddressRule> rules, Optional<BasicAuth> basic, Optional<Inquiry> inquiry, boolean satisfyAny) {
    public static final Access OPEN = new Access(List.of(), Optional.empty(), false);

    /// Nobody else is asked.
    public Access(List<AddressRule> rules, Optional<BasicAuth> basic, boolean satisfyAny) {
        this(rules, basic, Optional.empty(), satisfyAny);
    }


    public record AddressRule(boolean allow, AddressRange range, Span origin) {}

    /// @param realm what the browser shows
    /// @param userFile path of a file of `name:hash` lines
    public record BasicAuth(Template realm, Template userFile, Span origin) {}

    /// A request within the request, by GET and without a body, whose answer decides: a status of 2xx lets the
    /// request in, 401 and 403 refuse it, all others are an error.
    ///
    /// @param path of the same virtual host
    /// @param assignments variables that are set from what is answered, as the inner request sees it
    public record Inquiry(String path, List<Assignment> assignments, Span origin) {}

    /// @param target what [Rule.Assign] may set as well
    public record Assignment(Variable target, Template value) {}
}
