package dev.fairlead.model.upstream;

import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.StickTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What binds a client to the server that it had before. A server that is down binds nobody.
public sealed interface Persistence {
    Span origin();

    /// A cookie says which server: by [ServerTraits#cookie()].
    ///
    /// @param hides whether the other server does not get to see it, and it is not set again while it is right
    /// @param keepsCachesOut whether an answer that sets it says that it is for one client only
    ///     (`Cache-Control: private`)
    /// @param onlyAfterPost whether only answers to POST set it
    /// @param preserve whether a cookie of that name set by the server is passed on as it is
    /// @param domains for which the cookie is valid
    /// @param idle a cookie that was not seen for so long binds nobody; the time is written into it
    /// @param life a cookie older than that binds nobody; the time is written into it
    /// @param attributes more attributes of the cookie, such as `SameSite=Lax`
    /// @param secret what values are made with, and of their addresses, for servers that have none of their own
    record InCookie(
            String name,
            Way way,
            boolean hides,
            boolean keepsCachesOut,
            boolean onlyAfterPost,
            boolean preserve,
            boolean httpOnly,
            boolean secure,
            List<String> domains,
            Optional<Duration> idle,
            Optional<Duration> life,
            List<String> attributes,
            Optional<String> secret,
            Span origin)
            implements Persistence {
        public InCookie {
            domains = List.copyOf(domains);
            attributes = List.copyOf(attributes);
        }

        /// Without any of the options.
        public static InCookie of(String name, Way way, Span origin) {
            return new InCookie(
                    name,
                    way,
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    origin);
        }
    }

    /// Who sets the cookie.
    enum Way {
        /// We do.
        INSERT,
        /// The server does, and we write our value over its.
        REWRITE,
        /// The server does, and our value and `~` are put before its; taken off again on the way to it.
        PREFIX,
        /// The server does, with its name for itself as the value.
        READ
    }

    /// A table remembers the server of each key. Entries are those of the table that rules count in.
    ///
    /// @param key of the request; empty for none
    /// @param when only requests (answers, for [Moment#ANSWER] and [Moment#WORDS]) of which this holds
    /// @param moments what is done
    record Remembered(StickTable table, Template key, Optional<Condition> when, List<Moment> moments, Span origin)
            implements Persistence {
        public Remembered {
            moments = List.copyOf(moments);
        }
    }

    /// Requests of which something holds go to a certain server.
    ///
    /// @param server its name
    record Ruled(String server, Condition when, Span origin) implements Persistence {}

    /// A cookie of the Remote Desktop Protocol says the address of the server.
    ///
    /// @param cookie its value: address and port as numbers with their bytes in reverse order, a dot behind each
    record InRdpCookie(Template cookie, Span origin) implements Persistence {}

    /// When a table is asked or told.
    enum Moment {
        /// The key's server gets the request.
        LOOK_UP,
        /// The server that gets the request is remembered for the key.
        REQUEST,
        /// The server is remembered for the key that the answer gives.
        ANSWER,
        /// The server is remembered for the key that its first bytes give, where bytes are passed on.
        WORDS
    }
}
