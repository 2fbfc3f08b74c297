package dev.fairlead.dialect.pound.table;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Directives of services: which requests they are for and who answers.
final class ServiceRows {
    private static final Arity ONE = Arity.exactly(1);
    private static final Arity PATTERN = Arity.atLeast(1);
    private static final Set<Context> ASKING = EnumSet.of(Context.SERVICE, Context.MATCH, Context.REWRITE);
    private static final Set<Context> ALSO_OF_RESPONSES =
            EnumSet.of(Context.SERVICE, Context.MATCH, Context.REWRITE, Context.REWRITE_RESPONSE);

    private ServiceRows() {}

    static List<Directive<Context, Shape>> rows() {
        return List.of(
                Rows.block(
                        "Service",
                        EnumSet.of(Context.GLOBAL, Context.HTTP, Context.HTTPS),
                        Arity.between(0, 1),
                        "Which requests go to which servers."),
                Rows.line("URL", ASKING, PATTERN, "The URL matches."),
                Rows.line("Path", ASKING, PATTERN, "The path matches."),
                Rows.line("Query", ASKING, PATTERN, "The query matches."),
                Rows.line("QueryParam", ASKING, Arity.atLeast(2), "A parameter of the query matches."),
                Rows.line("Host", ASKING, PATTERN, "The request is for that host."),
                Rows.line("Header", ALSO_OF_RESPONSES, PATTERN, "A field matches."),
                Rows.line("HeadRequire", ASKING, PATTERN, "A field matches."),
                Rows.line("HeadDeny", ASKING, PATTERN, "No field matches."),
                Rows.line("StringMatch", ALSO_OF_RESPONSES, Arity.atLeast(2), "A text made of the request matches."),
                Rows.line("BasicAuth", ASKING, ONE, "The request names a user of a file with the right password."),
                Rows.block("Match", ALSO_OF_RESPONSES, Arity.between(0, 1), "All (`AND`) or one (`OR`) of them."),
                Rows.block("BackEnd", Rows.SERVICE, Arity.between(0, 1), "A server."),
                Rows.line("UseBackend", Rows.SERVICE, ONE, "A server that stands outside of services, by name."),
                Rows.block("Emergency", Rows.SERVICE, Arity.NONE, "The server while all others are down."),
                Rows.line("Redirect", Rows.SERVICE, Arity.between(1, 2), "Sends clients elsewhere."),
                Rows.line("Error", Rows.SERVICE, Arity.between(1, 2), "Answers with an error."),
                Rows.block("Session", Rows.SERVICE, Arity.NONE, "Keeps clients at the server they had before."),
                Rows.line("Type", Set.of(Context.SESSION), ONE, "IP, BASIC, URL, PARM, COOKIE or HEADER."),
                Rows.line("TTL", Set.of(Context.SESSION), ONE, "Seconds after which a session is forgotten."),
                Rows.line("ID", Set.of(Context.SESSION), ONE, "The name of the cookie, parameter or field."),
                Rows.line("Disabled", Rows.SERVICE, ONE, "Whether the service is left out."),
                Rows.line("LogSuppress", Rows.SERVICE, Arity.atLeast(1), "Answers of which classes are not logged."),
                Rows.refused("Metrics", Rows.SERVICE, Shape.LINE, "`fairlead status` tells what is going on"),
                Rows.refused(
                        "TBF", ASKING, Shape.LINE, "rates are limited by an nginx or HAProxy configuration in front"),
                Rows.refused(
                        "ClientCert",
                        ASKING,
                        Shape.LINE,
                        "certificates of clients are asked for by the listener: ClientCert and VerifyList there"),
                Rows.refused(
                        "Control", Rows.SERVICE, Shape.LINE, "the control socket is a file; Control stands outside"),
                Rows.refused("LuaMatch", ASKING, Shape.LINE, "Lua is not run; an application can do the same"),
                Rows.refused(
                        "SendFile", Rows.SERVICE, Shape.LINE, "files are served by an nginx configuration beside"));
    }
}
