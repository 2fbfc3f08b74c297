package dev.fairlead.dialect.pound.table;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Directives of the whole program.
final class GlobalRows {
    private static final Arity ONE = Arity.exactly(1);
    private static final String LOOPS = "requests are served by event loops, one for each processor";
    private static final Set<Context> EVERYWHERE = EnumSet.allOf(Context.class);
    private static final Set<Context> LOGGING = EnumSet.of(Context.GLOBAL, Context.HTTP, Context.HTTPS);

    private static final Set<Context> TRUSTING =
            EnumSet.of(Context.GLOBAL, Context.HTTP, Context.HTTPS, Context.SERVICE);

    private GlobalRows() {}

    static List<Directive<Context, Shape>> rows() {
        return List.of(
                Rows.line("User", Rows.GLOBAL, ONE, "Becomes that user once the ports are open (`fairlead pound`)."),
                Rows.line("Group", Rows.GLOBAL, ONE, "Becomes that group once the ports are open, with `User`."),
                Rows.line("Daemon", Rows.GLOBAL, ONE, "Runs in the background (`fairlead pound`)."),
                Rows.line("PIDFile", Rows.GLOBAL, ONE, "Where the process id is written (`fairlead pound`)."),
                Rows.line("LogFacility", Rows.GLOBAL, ONE, "Logs to the system's log; `-` for standard error."),
                Rows.line("LogTag", Rows.GLOBAL, ONE, "The program's name in the system's log."),
                Rows.line("LogFormat", Rows.GLOBAL, Arity.exactly(2), "A form of log lines by name."),
                Rows.line("LogLevel", LOGGING, ONE, "How requests are logged: 0 to 5, or the name of a form."),
                Rows.line("Alive", Rows.GLOBAL, ONE, "Seconds until a server that failed is tried again; 30."),
                Rows.line("TimeOut", Rows.GLOBAL, ONE, "Seconds that servers have for an answer; 15."),
                Rows.line("ConnTO", Rows.GLOBAL, ONE, "Seconds to connect to a server; as `TimeOut`."),
                Rows.line("WSTimeOut", Rows.GLOBAL, ONE, "Seconds that a WebSocket may be silent; 600."),
                Rows.line("Grace", Rows.GLOBAL, ONE, "Seconds that connections have to finish at the end; 30."),
                Rows.line("Balancer", Set.of(Context.GLOBAL, Context.SERVICE), ONE, "`random` (usual) or `iwrr`."),
                Rows.line(
                        "IgnoreCase",
                        Set.of(Context.GLOBAL, Context.SERVICE),
                        ONE,
                        "Whether case does not matter in URL, Path, Query, QueryParam and StringMatch."),
                Rows.line("ECDHcurve", Rows.GLOBAL, ONE, "The curve for key exchange."),
                Rows.line("Include", EVERYWHERE, ONE, "Reads a file in its place."),
                Rows.line("IncludeDir", Rows.GLOBAL, ONE, "Where relative names of files start."),
                Rows.either("ACL", Set.of(Context.SERVICE, Context.MATCH, Context.REWRITE), 2, "Clients in networks."),
                Rows.list("ACL", Rows.GLOBAL, "Names a list of networks, which may stand in a file (`-file`)."),
                Rows.either("TrustedIP", TRUSTING, 2, "Proxies whose word on who asks is logged (`%a`)."),
                Rows.line("ForwardedHeader", TRUSTING, ONE, "The field they say it in; X-Forwarded-For."),
                Rows.missed("RootJail", Rows.GLOBAL, "the program does not change its root; confine it with a unit"),
                Rows.either("Control", Rows.GLOBAL, 1, "The socket that `fairlead poundctl` talks to."),
                Rows.line("ControlMode", Rows.GLOBAL, ONE, "The permissions of that socket; 600."),
                Rows.block(
                        "CombineHeaders",
                        Rows.GLOBAL,
                        Arity.NONE,
                        "Fields that come several times are passed on as one."),
                Rows.line("Socket", Set.of(Context.CONTROL), ONE, "Where it is."),
                Rows.line("Mode", Set.of(Context.CONTROL), ONE, "Its permissions; 600."),
                Rows.line("ChangeOwner", Set.of(Context.CONTROL), ONE, "Whether it belongs to `User` and `Group`."),
                Rows.missed(
                        "ControlUser", Rows.GLOBAL, "the socket belongs to who starts the program; see ChangeOwner"),
                Rows.missed(
                        "ControlGroup", Rows.GLOBAL, "the socket belongs to who starts the program; see ChangeOwner"),
                Rows.line(
                        "Anonymise",
                        Rows.GLOBAL,
                        Arity.NONE,
                        "Addresses of clients are logged without their last byte."),
                Rows.line(
                        "Anonymize",
                        Rows.GLOBAL,
                        Arity.NONE,
                        "Addresses of clients are logged without their last byte."),
                Rows.missed("DynScale", Set.of(Context.GLOBAL, Context.SERVICE), "priorities stay as they are written"),
                Rows.unneeded("Supervisor", Rows.GLOBAL, "a unit with Restart= watches over the program"),
                Rows.unneeded("Threads", Rows.GLOBAL, LOOPS),
                Rows.unneeded("WorkerMinCount", Rows.GLOBAL, LOOPS),
                Rows.unneeded("WorkerMaxCount", Rows.GLOBAL, LOOPS),
                Rows.unneeded("WorkerIdleTimeout", Rows.GLOBAL, LOOPS),
                Rows.unneeded("WatcherTTL", Rows.GLOBAL, "files are read at the start and on reload"),
                Rows.unneeded("BackendStats", Rows.GLOBAL, "`fairlead status` tells what servers do"),
                Rows.unneeded("RegexType", Rows.GLOBAL, "all expressions are Perl-compatible ones"),
                Rows.unneeded("DHParams", Rows.GLOBAL, "keys are agreed on by elliptic curves; see ECDHcurve"),
                Rows.unneeded("ThreadModel", Rows.GLOBAL, LOOPS),
                Rows.unneeded("SSLEngine", Rows.GLOBAL, "keys come from files; engines are not used"),
                Rows.refused("Resolver", Rows.GLOBAL, Shape.BLOCK, "names are resolved as the machine does it"),
                Rows.refused("Lua", Rows.GLOBAL, Shape.BLOCK, "Lua is not run; an application can do the same"),
                Rows.refused("ConfigText", Rows.GLOBAL, Shape.BLOCK, "text belongs into files here"));
    }
}
