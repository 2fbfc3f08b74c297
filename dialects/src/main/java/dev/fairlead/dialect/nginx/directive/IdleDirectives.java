package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.EVENTS;
import static dev.fairlead.dialect.nginx.directive.Rows.HTTP;
import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER;
import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;
import static dev.fairlead.dialect.nginx.directive.Rows.MAIN;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Setter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Directives that tune what Fairlead does not have or tunes itself: read, and left aside with a warning.
final class IdleDirectives {
    private static final Arity ONE = Arity.exactly(1);
    private static final Arity TWO = Arity.exactly(2);

    private static final String STAPLING = "certificates are served without OCSP answers";
    private static final String HTTP_2 = "HTTP/2 is not spoken yet";
    private static final String FIELDS = "the size of a request head is bounded, not the number of its fields";
    private static final Set<String> NOTICEABLE = Set.of(STAPLING, FIELDS);

    private IdleDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        List<Directive<Context, Setter>> rows = new ArrayList<>();
        process(rows);
        memory(rows);
        files(rows);
        tls(rows);
        return rows;
    }

    private static void add(
            List<Directive<Context, Setter>> rows, Set<Context> contexts, Arity arity, String reason, String... names) {
        for (String name : names) {
            rows.add(Rows.ignored(name, contexts, arity, reason, NOTICEABLE.contains(reason)));
        }
    }

    private static void process(List<Directive<Context, Setter>> rows) {
        add(rows, MAIN, ONE, "nginx's modules are not loaded; directives of such a module are unknown", "load_module");
        add(rows, MAIN, ONE, "there are no worker processes", "worker_priority", "lock_file", "debug_points");
        add(rows, MAIN, Arity.atLeast(1), "there are no worker processes", "worker_cpu_affinity");
        add(
                rows,
                MAIN,
                ONE,
                "the Java runtime writes its own crash reports",
                "worker_rlimit_core",
                "working_directory");
        add(rows, MAIN, ONE, "the environment is passed on as it is", "env");
        add(rows, MAIN, ONE, "as many files may be open as the system allows at most", "worker_rlimit_nofile");
        add(rows, MAIN, ONE, "expressions are compiled by Java", "pcre_jit");
        add(rows, MAIN, ONE, "the clock is read when it is needed", "timer_resolution");
        add(rows, MAIN, ONE, "cryptography is done by the TLS library alone", "ssl_engine");
        add(rows, MAIN, Arity.between(2, 3), "file access does not use a pool of threads", "thread_pool");
        String events = "the event loop chooses for itself";
        add(rows, EVENTS, ONE, events, "use", "multi_accept", "accept_mutex", "accept_mutex_delay");
        add(rows, EVENTS, ONE, events, "worker_aio_requests", "debug_connection", "epoll_events");
    }

    private static void memory(List<Directive<Context, Setter>> rows) {
        String tables = "tables grow as needed";
        add(rows, HTTP, ONE, tables, "server_names_hash_max_size", "server_names_hash_bucket_size");
        add(rows, HTTP, ONE, tables, "variables_hash_max_size", "variables_hash_bucket_size");
        add(rows, HTTP, ONE, tables, "map_hash_max_size", "map_hash_bucket_size");
        add(rows, HTTP_SERVER_LOCATION, ONE, tables, "types_hash_max_size", "types_hash_bucket_size");
        add(rows, HTTP_SERVER_LOCATION, ONE, tables, "proxy_headers_hash_max_size", "proxy_headers_hash_bucket_size");
        add(rows, Rows.SERVER_LOCATION, ONE, tables, "referer_hash_bucket_size", "referer_hash_max_size");
        String buffers = "buffers are sized by the event loop";
        add(rows, HTTP_SERVER, ONE, buffers, "connection_pool_size", "request_pool_size");
        add(rows, HTTP_SERVER_LOCATION, ONE, buffers, "client_body_in_single_buffer", "postpone_output");
        add(rows, HTTP_SERVER_LOCATION, ONE, buffers, "subrequest_output_buffer_size", "proxy_send_lowat");
        add(rows, HTTP_SERVER_LOCATION, TWO, buffers, "gzip_buffers", "gunzip_buffers", "output_buffers");
        add(
                rows,
                HTTP_SERVER_LOCATION,
                ONE,
                buffers,
                "gzip_window",
                "gzip_hash",
                "gzip_no_buffer",
                "postpone_gzipping");
        String packets = "what is written in one turn leaves in one piece, at once";
        add(rows, HTTP_SERVER_LOCATION, ONE, packets, "tcp_nodelay", "tcp_nopush", "send_lowat");
        add(rows, HTTP_SERVER_LOCATION, ONE, "redirects are the same for every browser", "msie_refresh");
    }

    private static void files(List<Directive<Context, Setter>> rows) {
        String reading = "files are sent as suits their size";
        add(rows, Rows.WITH_IF, ONE, reading, "sendfile");
        add(rows, HTTP_SERVER_LOCATION, ONE, reading, "aio", "aio_write", "directio", "directio_alignment");
        add(rows, HTTP_SERVER_LOCATION, ONE, reading, "read_ahead", "sendfile_max_chunk");
        add(rows, HTTP_SERVER_LOCATION, ONE, reading, "open_file_cache_events");
        add(rows, HTTP_SERVER_LOCATION, ONE, "subrequests are not logged", "log_subrequest");
        add(rows, HTTP_SERVER, ONE, FIELDS, "max_headers");
        add(rows, HTTP_SERVER_LOCATION, Arity.between(1, 4), "log files stay open", "open_log_file_cache");
        add(
                rows,
                Set.of(Context.HTTP, Context.SERVER, Context.LOCATION, Context.SERVER_IF, Context.LOCATION_IF),
                ONE,
                "variables without a value are empty without a log line",
                "uninitialized_variable_warn");
    }

    private static void tls(List<Directive<Context, Setter>> rows) {
        add(rows, HTTP_SERVER, ONE, "the server's order of ciphers decides", "ssl_prefer_server_ciphers");
        add(
                rows,
                HTTP_SERVER_LOCATION,
                ONE,
                "each new connection to a server is a new session",
                "proxy_ssl_session_reuse");
        add(rows, HTTP_SERVER, ONE, "records are sized by the TLS library", "ssl_buffer_size");
        add(rows, HTTP_SERVER, ONE, "key exchange uses elliptic curves only", "ssl_dhparam");
        add(rows, HTTP_SERVER, ONE, STAPLING, "ssl_stapling", "ssl_stapling_verify");
        add(rows, HTTP_SERVER, ONE, STAPLING, "ssl_stapling_file", "ssl_stapling_responder");
        add(rows, HTTP_SERVER, ONE, "early data is never accepted", "ssl_early_data");
        add(rows, HTTP_SERVER, ONE, HTTP_2, "http2_max_concurrent_streams", "http2_max_concurrent_pushes");
        add(rows, HTTP_SERVER, ONE, HTTP_2, "http2_max_requests", "http2_max_field_size", "http2_max_header_size");
        add(rows, HTTP_SERVER, ONE, HTTP_2, "http2_body_preread_size", "http2_idle_timeout", "http2_recv_timeout");
        add(rows, HTTP_SERVER, ONE, HTTP_2, "http2_pool_size", "http2_streams_index_size");
        add(rows, HTTP_SERVER_LOCATION, ONE, HTTP_2, "http2_push_preload", "http2_chunk_size", "http2_push");
        add(rows, HTTP, ONE, HTTP_2, "http2_recv_buffer_size");
        // of later versions of nginx
        add(rows, HTTP_SERVER, ONE, HTTP_2, "http2");
        add(rows, HTTP_SERVER, ONE, "HTTP/3 is not spoken yet", "http3", "quic_retry", "quic_gso");
    }
}
