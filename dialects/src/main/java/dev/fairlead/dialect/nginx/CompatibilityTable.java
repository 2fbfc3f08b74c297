package dev.fairlead.dialect.nginx;

import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import dev.fairlead.dialect.nginx.directive.ApplicationDirectives;
import dev.fairlead.dialect.nginx.directive.NginxTable;
import dev.fairlead.dialect.nginx.directive.UpstreamChecks;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Setter;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The directive table as a page of documentation, so that the page cannot say anything else than the program
/// does.
final class CompatibilityTable {
    private CompatibilityTable() {}

    static String markdown() {
        return ours()
                + section("Followed", row -> row.support() instanceof Support.Full)
                + section("Read, without effect", row -> row.support() instanceof Support.WithoutEffect)
                + section("Refused by name", row -> row.support() instanceof Support.Refused);
    }

    private static String ours() {
        String rows = ApplicationDirectives.parameters()
                .map(row -> "| `" + row.getKey() + "=` | " + row.getValue() + " |\n")
                .collect(Collectors.joining());
        return """
                ## Fairlead's own: app

                    location / { app MODULE:NAME [parameter=value ...]; }

                Requests of the location are handed to a Python application (WSGI, or ASGI with `kind=asgi`) that runs in
                workers of Fairlead's own. `NAME` is `application` unless given; `MODULE:factory(ARGUMENTS)` calls a
                factory. Locations that say the same share the application.

                | parameter | |
                |---|---|
                """ + rows + "\n" + checks();
    }

    private static String checks() {
        String rows = UpstreamChecks.documentation()
                .map(row -> "| `" + row.getKey() + "` | " + row.getValue() + " |\n")
                .collect(Collectors.joining());
        return """
                ## Fairlead's own: health_check

                    upstream app { server 127.0.0.1:8000; health_check [parameter ...]; }

                Every server of the upstream is asked, again and again, whether it is well, and gets no requests while it is
                not. `fairlead status` shows who is up and what the last check came to. What nginx does of itself
                (`max_fails`) goes on beside it. (The commercial nginx has a directive of that name in locations, which is
                not this one.) No other directives than `app` and `health_check` were added to nginx's.

                | parameter | |
                |---|---|
                """ + rows + "\n" + caches();
    }

    private static String caches() {
        return """
                ## proxy_cache: nothing is cached

                A configuration with `proxy_cache` and its family runs, but no answer is kept: every request goes to the
                other server, as it does in nginx while its cache is empty. `check` and the start warn of each place that
                switches a cache on, everything said about caches is checked as nginx checks it, and a cache that is not
                defined is an error. What follows from it:

                - `proxy_cache_use_stale` has nothing to show while the other server is down, and `proxy_cache_lock` does
                  not make requests wait for each other: a server that needs its cache to live gets the whole load
                - `$upstream_cache_status` is empty, as in nginx where no cache is switched on: `add_header X-Cache-Status
                  $upstream_cache_status` adds nothing, rather than a `MISS` or `BYPASS` that lets clients wait for a `HIT`
                - the other server sees conditional requests, ranges and HEAD as clients send them; nginx keeps conditions
                  and ranges from it where a cache is switched on, and asks with GET in place of HEAD
                - `proxy_cache_purge`, of other vendors, is refused

                ## WebDAV: PUT, DELETE, MKCOL, COPY and MOVE

                `dav_methods` and its family are followed, and answered as nginx answers. Bodies go to a temporary file first
                (`client_body_temp_path`); what waits for the disk is done by at most four threads, event loops do not wait,
                and of requests that wait for them beyond 1000 each is answered 503. What is otherwise:

                - the folder of the location itself is not deleted (403)
                - a `Destination` outside of the prefix of an `alias` is refused (400), and so is one that lies in the folder
                  that is copied or moved (409)
                - the field `Date` of a PUT does not become the file's time
                - `PROPFIND`, `LOCK` and the others of the module dav-ext are refused

                ## TLS

                - the order of ciphers and groups is that of the server, whatever `ssl_prefer_server_ciphers` says
                - keys for tickets of 80 bytes are shortened to what the TLS library takes: tickets are good for every
                  Fairlead with the same file, and not for an nginx
                - the group X448 is left out, with a warning

                ## mirror: clients do not wait

                A copy goes out when its request is answered, as in nginx. What is otherwise:

                - the next request of a connection does not wait until copies of the one before are answered
                - a copy has variables of its own; what it sets does not show in the request, nor in its log
                - with `mirror_request_body off` a copy has no `Content-Length` of a body that it has not
                - when 1024 copies of a place are on their way, requests are answered without being copied, with a warning
                  in the error log for each

                """;
    }

    private static String section(String title, Predicate<Directive<Context, Setter>> chosen) {
        List<Directive<Context, Setter>> rows =
                NginxTable.table().rows().stream().filter(chosen).toList();
        StringBuilder out = new StringBuilder("## " + title + " (" + rows.size() + ")\n\n");
        out.append("| directive | contexts | arguments | |\n|---|---|---|---|\n");
        for (Directive<Context, Setter> row : rows) {
            out.append("| `")
                    .append(row.name())
                    .append("` | ")
                    .append(contexts(row))
                    .append(" | ");
            boolean refused = row.support() instanceof Support.Refused;
            out.append(refused ? "" : row.arity().describe()).append(row.block() ? ", block" : "");
            out.append(" | ").append(note(row)).append(" |\n");
        }
        return out.append('\n').toString();
    }

    private static String contexts(Directive<Context, Setter> row) {
        if (row.contexts().size() == Context.values().length) {
            return "any";
        }
        return row.contexts().stream().sorted().map(Context::words).collect(Collectors.joining(", "));
    }

    private static String note(Directive<Context, Setter> row) {
        return switch (row.support()) {
            case Support.Full full -> row.doc();
            case Support.WithoutEffect without -> without.reason() + (without.noticeable() ? " (warned about)" : "");
            case Support.Refused refused -> refused.reason();
        };
    }
}
