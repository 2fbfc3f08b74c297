package dev.fairlead.dialect.haproxy.table;

import static dev.fairlead.dialect.Arity.ANY;
import static dev.fairlead.dialect.Arity.atLeast;
import static dev.fairlead.dialect.Arity.exactly;

import dev.fairlead.dialect.Support;
import java.util.Set;

/// The sections themselves, and the keywords of those that are no proxies.
final class SectionRows {
    private SectionRows() {}

    static Rows rows() {
        Rows rows = new Rows();
        rows.each("user", Set.of(Context.USERLIST), atLeast(1), "A user with a password.")
                .each("group", Set.of(Context.USERLIST), atLeast(1), "A group of users.")
                .each("errorfile", Set.of(Context.HTTP_ERRORS), exactly(2), "A file with the whole answer to an error.")
                .each("nameserver", Set.of(Context.RESOLVERS), exactly(2), "A name server.")
                .last("parse-resolv-conf", Set.of(Context.RESOLVERS), ANY, "Name servers of the machine.")
                .each("hold", Set.of(Context.RESOLVERS), exactly(2), "How long an answer holds.")
                .each("timeout", Set.of(Context.RESOLVERS), exactly(2), "How long an answer may take.")
                .last(
                        "resolve_retries",
                        Set.of(Context.RESOLVERS),
                        exactly(1),
                        "How often name servers are asked that say nothing.");
        rows.last("accepted_payload_size", Set.of(Context.RESOLVERS), exactly(1), "Most bytes of an answer.")
                .quiet(
                        Set.of(Context.PEERS),
                        "tables are not shared with other machines",
                        "peer",
                        "bind",
                        "default-bind",
                        "default-server",
                        "server",
                        "shards",
                        "table",
                        "log",
                        "localpeer",
                        "disabled",
                        "enabled")
                .quiet(Set.of(Context.MAILERS), "no mail is sent", "mailer", "timeout mail", "timeout")
                .quiet(
                        Set.of(Context.CACHE),
                        "responses are not kept",
                        "total-max-size",
                        "max-object-size",
                        "max-age",
                        "max-secondary-entries",
                        "process-vary");
        return rows;
    }

    /// Whether a section as a whole is followed.
    static Support support(Context context) {
        return switch (context) {
            case GLOBAL, DEFAULTS, FRONTEND, LISTEN, BACKEND, USERLIST, RESOLVERS, HTTP_ERRORS -> new Support.Full();
            case PEERS -> new Support.WithoutEffect("tables are not shared with other machines", true);
            case MAILERS -> new Support.WithoutEffect("no mail is sent", true);
            case CACHE -> new Support.WithoutEffect("responses are not kept", true);
            case PROGRAM -> new Support.WithoutEffect("programs beside the proxy are run by a unit", true);
            case RING -> new Support.WithoutEffect("log lines go to the servers of `log` only", true);
            case LOG_PROFILE -> new Support.WithoutEffect("log lines look as log-format says", true);
            case TRACES -> new Support.WithoutEffect("there is nothing here that it concerns", false);
            case ACME -> new Support.Refused("certificates are not ordered here");
            case CRT_STORE -> new Support.Refused("certificates are named by bind's crt");
            case LOG_FORWARD -> new Support.Refused("syslog is not received here");
            case FCGI_APP -> new Support.Refused("FastCGI is not spoken");
        };
    }
}
