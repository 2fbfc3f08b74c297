package dev.fairlead.model.http;

import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Who may.
///
/// @param rules the first that contains the client's address decides; nobody is refused when none does
/// @param basic user and password
/// @param inquiry another place that is asked
/// @param satisfyAny whether passing one of them suffices
/// @param refusalDelay how long an answer of 401 waits, so that passwords are not guessed quickly
/// @param proofs what requests can show for themselves, for rules to ask
public record Access(
        List<AddressRule> rules,
        Optional<BasicAuth> basic,
        Optional<Inquiry> inquiry,
        boolean satisfyAny,
        Duration refusalDelay,
        Proofs proofs) {
    public static final Access OPEN = new Access(List.of(), Optional.empty(), false);

    /// Nobody else is asked.
    public Access(List<AddressRule> rules, Optional<BasicAuth> basic, boolean satisfyAny) {
        this(rules, basic, Optional.empty(), satisfyAny, Duration.ZERO, Proofs.NONE);
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

    /// What variables say of a request.
    ///
    /// @param referers from where it may come; without them it may come from everywhere
    /// @param link how the link is signed that leads to it
    public record Proofs(Optional<Referers> referers, Optional<SignedLink> link) {
        public static final Proofs NONE = new Proofs(Optional.empty(), Optional.empty());
    }

    /// Which values of the field Referer are good: none at all; those that name no site by HTTP, because something
    /// on the way has blanked them; those of sites; those whose host, or all of which behind the scheme, has an
    /// expression in it.
    public record Referers(boolean none, boolean blocked, List<Site> sites, List<Regex> hosts, List<Regex> addresses) {
        /// @param name not an expression
        /// @param pathPrefix what the path has to begin with, its slash included; may be empty
        public record Site(VirtualHost.ServerName name, String pathPrefix) {}
    }

    /// A link with a checksum (MD5) of something with a secret in it.
    public sealed interface SignedLink {
        /// @param value the checksum in the Base64 of addresses, and perhaps behind a comma the second since 1970
        ///     up to which the link is good
        /// @param signed what the checksum is made of
        record ByText(Template value, Template signed) implements SignedLink {}

        /// The checksum, in hexadecimal digits, is the second part of the path; it is made of what comes behind it
        /// and the secret.
        record InPath(String secret) implements SignedLink {}
    }
}
