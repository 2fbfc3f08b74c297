package dev.fairlead.dialect.pound.table;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Directives of listeners.
final class ListenerRows {
    private static final Arity ONE = Arity.exactly(1);
    private static final Set<Context> EDITING =
            EnumSet.of(Context.HTTP, Context.HTTPS, Context.SERVICE, Context.REWRITE);
    private static final Set<Context> EDITING_FIELDS =
            EnumSet.of(Context.HTTP, Context.HTTPS, Context.SERVICE, Context.REWRITE, Context.REWRITE_RESPONSE);

    private ListenerRows() {}

    static List<Directive<Context, Shape>> rows() {
        List<Directive<Context, Shape>> rows = new ArrayList<>(rowsOfListeners());
        rows.addAll(rowsOfErrors());
        rows.addAll(rowsOfEdits());
        rows.addAll(rowsOfTls());
        return rows;
    }

    private static List<Directive<Context, Shape>> rowsOfListeners() {
        return List.of(
                Rows.block("ListenHTTP", Rows.GLOBAL, Arity.between(0, 1), "A place where HTTP comes in."),
                Rows.block("ListenHTTPS", Rows.GLOBAL, Arity.between(0, 1), "A place where HTTPS comes in."),
                Rows.line(
                        "Address",
                        Rows.LISTENER,
                        ONE,
                        "The address it listens on, or the path of a socket; all addresses without it."),
                Rows.line("Port", Rows.LISTENER, ONE, "Its port; without it 80, or 443 for HTTPS."),
                Rows.refused(
                        "SocketFrom", Rows.LISTENER, Shape.LINE, "sockets are opened here, or handed over by systemd"),
                Rows.line("xHTTP", Rows.LISTENER, ONE, "Which methods are taken: 0 to 5; others are answered 501."),
                Rows.line(
                        "Client",
                        EnumSet.of(Context.GLOBAL, Context.HTTP, Context.HTTPS),
                        ONE,
                        "Seconds that clients have for a request; 10."),
                Rows.line("CheckURL", Rows.LISTENER, ONE, "What every URL has to match; others are answered 501."),
                Rows.line("MaxRequest", Rows.LISTENER, ONE, "The largest body; larger ones are answered 413."),
                Rows.line("MaxURI", Rows.LISTENER, ONE, "The longest URL; longer ones are answered 414."),
                Rows.line(
                        "RewriteLocation",
                        EnumSet.of(Context.GLOBAL, Context.HTTP, Context.HTTPS, Context.SERVICE),
                        ONE,
                        "Whether a Location that names a server names us instead: 0, 1 (usual), 2 (servers only)."),
                Rows.line(
                        "RewriteDestination",
                        Rows.LISTENER,
                        ONE,
                        "Whether a request's Destination that names us names the server instead."),
                Rows.line(
                        "HeaderOption",
                        EnumSet.of(Context.GLOBAL, Context.HTTP, Context.HTTPS),
                        Arity.atLeast(1),
                        "Which fields about the client are put on requests: forwarded, ssl, none, all, no-…"),
                Rows.line("ACME", Rows.LISTENER, ONE, "Answers challenges of ACME with the files of a folder."),
                Rows.missed("NoHTTPS11", Rows.SECURED, "old Internet Explorers are treated like all others"));
    }

    private static List<Directive<Context, Shape>> rowsOfErrors() {
        List<Directive<Context, Shape>> rows = new ArrayList<>();
        rows.add(Rows.line("ErrorFile", Rows.LISTENER, Arity.exactly(2), "The page for a status."));
        for (int status : PoundTable.ERRORS) {
            rows.add(Rows.line("Err" + status, Rows.LISTENER, ONE, "The page for " + status + "."));
        }
        return rows;
    }

    private static List<Directive<Context, Shape>> rowsOfEdits() {
        String remove = "Removes the fields that match.";
        String set = "Sets a field.";
        Arity pattern = Arity.atLeast(1);
        return List.of(
                Rows.line("DeleteHeader", EDITING_FIELDS, pattern, remove),
                Rows.line("HeadRemove", EDITING, ONE, remove),
                Rows.line("HeaderRemove", EDITING, ONE, remove),
                Rows.line("SetHeader", EDITING_FIELDS, ONE, set),
                Rows.line("AddHeader", EDITING, ONE, set),
                Rows.line("HeaderAdd", EDITING, ONE, set),
                Rows.line("SetURL", EDITING, ONE, "Replaces the URL."),
                Rows.line("SetPath", EDITING, ONE, "Replaces the path."),
                Rows.line("SetQuery", EDITING, ONE, "Replaces the query."),
                Rows.line("SetQueryParam", EDITING, Arity.exactly(2), "Replaces a parameter of the query, or adds it."),
                Rows.block(
                        "Rewrite",
                        EnumSet.of(Context.HTTP, Context.HTTPS, Context.SERVICE, Context.REWRITE),
                        Arity.between(0, 1),
                        "Changes requests or responses that match."),
                Rows.line("Else", Set.of(Context.REWRITE, Context.REWRITE_RESPONSE), Arity.NONE, "Or else."));
    }

    private static List<Directive<Context, Shape>> rowsOfTls() {
        return List.of(
                Rows.line(
                        "Cert",
                        Rows.SECURED,
                        ONE,
                        "Certificate and key in one file, or a folder of such; chosen by SNI."),
                Rows.line("ClientCert", Rows.SECURED, Arity.exactly(2), "Whether clients show certificates: 0 to 3."),
                Rows.line("CAlist", Rows.SECURED, ONE, "The authorities that are announced to clients."),
                Rows.line("VerifyList", Rows.SECURED, ONE, "The authorities that clients are checked against."),
                Rows.line("CRLlist", Rows.SECURED, ONE, "Certificates of clients that were revoked."),
                Rows.line("Ciphers", Rows.SECURED, ONE, "The ciphers of TLS 1.2 and below."),
                Rows.line("Disable", Rows.SECURED, ONE, "Takes a version of TLS away, and all lower ones."),
                Rows.unneeded("SSLHonorCipherOrder", Rows.SECURED, "the order of ciphers is the program's"),
                Rows.unneeded("SSLAllowClientRenegotiation", Rows.SECURED, "renegotiation is never accepted"),
                Rows.unneeded("SSLUncleanShutdown", Rows.SECURED, "connections end as they should"));
    }
}
