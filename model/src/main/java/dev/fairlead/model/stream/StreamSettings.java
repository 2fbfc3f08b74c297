package dev.fairlead.model.stream;

import dev.fairlead.model.http.Access;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.http.RequestLimits;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.text.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What holds for connections whatever becomes of them.
///
/// @param access the first rule that contains the client's address decides; nobody is refused when none does
/// @param proxyHeaderTimeout until the PROXY protocol header has come
/// @param handshakeTimeout for TLS with the client
/// @param preread set where the client's first bytes are looked at before rules run
/// @param noDelay TCP_NODELAY on both sides
/// @param resetsFailed whether connections that end because something failed are reset instead of closed
/// @param logging a line for each connection when it has ended
/// @param headed which connections begin with a PROXY protocol header, where the listener does not take one from
///     all; it may ask for what is known of them when they come
/// @param isAskedForTls whether clients ask for TLS as those of PostgreSQL do, and begin it once they are told yes
/// @param limits of these, how many connections there may be at once; those above end without a byte
/// @param believed whose PROXY protocol headers say who the client is
public record StreamSettings(
        List<Access.AddressRule> access,
        Duration proxyHeaderTimeout,
        Duration handshakeTimeout,
        Optional<Preread> preread,
        boolean noDelay,
        boolean resetsFailed,
        Logging logging,
        Optional<Condition> headed,
        boolean isAskedForTls,
        RequestLimits limits,
        Believed believed) {
    public StreamSettings {
        access = List.copyOf(access);
    }

    /// Who is believed.
    ///
    /// @param senders of headers: for all others the connection's other end counts, for rules, logs and servers
    /// @param withDestination whether what they say of the address that was asked for goes on to servers, too
    public record Believed(List<AddressRange> senders, boolean withDestination) {
        public static final Believed ALL = new Believed(List.of(new AddressRange.Everyone()), true);
    }

    /// Waiting for the ClientHello of a TLS connection that is passed on as it is: the server name in it is then
    /// known to rules and templates; or for the first message of a remote desktop's client. Whatever else comes
    /// ends the wait at once.
    ///
    /// @param mostBytes looked at
    /// @param patience longest wait
    /// @param refusesOthers whether a connection that sends no ClientHello in that time is closed; else it goes
    ///     on without a name
    /// @param awaitsDesktop whether what begins as a message of the Remote Desktop Protocol is waited for, too
    public record Preread(int mostBytes, Duration patience, boolean refusesOthers, boolean awaitsDesktop) {
        public Preread(int mostBytes, Duration patience, boolean refusesOthers) {
            this(mostBytes, patience, refusesOthers, false);
        }
    }
}
