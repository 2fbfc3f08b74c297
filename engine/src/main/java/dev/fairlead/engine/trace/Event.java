package dev.fairlead.engine.trace;

import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.RequestLimits;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.net.ProxyProtocol;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.stream.StreamHost;
import dev.fairlead.model.stream.StreamRule;
import dev.fairlead.model.tls.TlsClient;
import java.util.List;
import java.util.Optional;

/// Something that is decided about a request, or happens to it. Values of the model are the very objects of the
/// plan. Texts are bytes, one to a character.
public sealed interface Event {
    /// A virtual host was chosen.
    ///
    /// @param asked the name in the request; empty if it has none
    record HostFound(VirtualHost host, String asked) implements Event {}

    /// Somebody else counts as the client from here on, because a trusted sender says so.
    record ClientNamed(String address) implements Event {}

    /// A rule is about to run.
    ///
    /// @param path that of the request as it comes to the rule
    record RuleBegun(Rule rule, String path) implements Event {}

    /// A condition was asked.
    record Decided(Rule.When rule, Verdict verdict) implements Event {}

    /// Rules that are left out because one before them ended the phase or answered.
    record LeftOut(List<Rule> rules) implements Event {}

    /// A location was looked for.
    ///
    /// @param found empty if none is for that path: then the virtual host itself answers
    /// @param needsSlash whether it is only found with a slash behind the path
    record LocationFound(VirtualHost host, Optional<Location> found, String path, boolean needsSlash)
            implements Event {}

    /// The request goes on as if the client had asked for another path.
    record Redirected(String path, String query) implements Event {}

    /// The request goes on in a named location.
    record Entered(String name) implements Event {}

    /// A limit of how often was asked.
    ///
    /// @param key whose requests are counted
    /// @param excess how far the request is above the rate, in thousandths of a request
    /// @param isRefused whether that is more than is tolerated
    record RateAsked(RequestLimits.Rate limit, String key, long excess, boolean isRefused) implements Event {}

    /// A limit of how many at once was asked.
    ///
    /// @param key whose requests are counted
    /// @param present how many there are already
    record CountAsked(RequestLimits.Connections limit, String key, int present) implements Event {}

    /// Access is restricted here, and about to be judged.
    record Guarded(Location location) implements Event {}

    /// A handler takes the request over.
    record Handled(Location location) implements Event {}

    /// A file was looked for.
    ///
    /// @param failure why it cannot be used, in the system's words; empty if it is there
    record Looked(Purpose purpose, String file, Kind kind, String failure, FileServing rules) implements Event {}

    /// Why a file is looked for.
    enum Purpose {
        /// One of several that are tried.
        CANDIDATE,
        /// The index of a folder.
        INDEX,
        /// To be sent.
        CONTENT,
        /// To be sent instead of the one without `.gz`.
        COMPRESSED
    }

    /// What a name stands for.
    enum Kind {
        FILE,
        FOLDER,
        OTHER,
        MISSING
    }

    /// The request would be passed on to another server.
    ///
    /// @param url what is asked of the server
    /// @param upstream its name
    /// @param server the one that is next; empty if none is available, and an error follows
    /// @param head what is sent
    record Forwarded(Forward forward, String url, String upstream, Optional<Server> server, String head)
            implements Event {}

    /// A server of an upstream.
    ///
    /// @param address where it is
    /// @param configured the same as the configuration has it
    record Server(String address, String configured) {}

    /// The request would be handed to a worker of an application.
    record Handed(String application) implements Event {}

    /// An error is to be answered, or a status that has an error page like one.
    record Failed(int status) implements Event {}

    /// What would be written to the error log.
    record Said(LogLevel level, String message) implements Event {}

    /// The answer that the client would get.
    ///
    /// @param head status line and fields as the configuration makes them; those of the connection are missing
    record Answered(int status, List<String> head) implements Event {}

    /// The connection would be closed without an answer.
    record BrokenOff() implements Event {}

    /// Something about a connection that is passed on as it is.
    sealed interface OfConnection extends Event {}

    /// It was chosen what is done for the server name that the client asks for in TLS.
    ///
    /// @param asked the name, as far as it is looked at; empty if there is none
    record ServiceFound(StreamHost host, String asked) implements OfConnection {}

    /// The client's address is not let in.
    ///
    /// @param rule the place of the rule, as messages end with it
    record TurnedAway(String rule) implements OfConnection {}

    /// A rule of a connection was asked.
    record Asked(StreamRule rule, Verdict verdict) implements OfConnection {}

    /// Rules that are left out because one before them decided.
    record NotAsked(List<StreamRule> rules) implements OfConnection {}

    /// The connection would be passed on to another server.
    ///
    /// @param upstream its name
    /// @param server the one that is next; empty if none is available
    /// @param tls how TLS is spoken to it
    /// @param tlsName the name that its certificate is checked for; empty without TLS
    /// @param header the header of the PROXY protocol that it is sent
    record Relayed(
            StreamForward forward,
            String upstream,
            Optional<Server> server,
            Optional<TlsClient> tls,
            String tlsName,
            Optional<ProxyProtocol> header)
            implements OfConnection {}

    /// The client would be sent a text.
    record Told(String text) implements OfConnection {}

    /// The connection would be closed.
    record Closed(boolean byReset) implements OfConnection {}
}
