package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Setter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Directives of nginx that Fairlead refuses by name, because leaving them aside would change what a site does.
final class ForeignDirectives {
    private static final Set<Context> MAIN = EnumSet.of(Context.MAIN);
    private static final Set<Context> UPSTREAM = EnumSet.of(Context.UPSTREAM);
    private static final Set<Context> ANYWHERE = EnumSet.of(
            Context.HTTP,
            Context.SERVER,
            Context.SERVER_IF,
            Context.LOCATION,
            Context.LOCATION_IF,
            Context.LIMIT_EXCEPT);

    private ForeignDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        List<Directive<Context, Setter>> rows = new ArrayList<>();
        blocks(rows);
        gateways(rows);
        filters(rows);
        access(rows);
        return rows;
    }

    private static void add(
            List<Directive<Context, Setter>> rows, Set<Context> contexts, String reason, String... names) {
        for (String name : names) {
            rows.add(new Directive<>(
                    name, contexts, Arity.ANY, false, true, "", new Support.Refused(reason), (s, level, c) -> {}));
        }
    }

    private static void addBlock(
            List<Directive<Context, Setter>> rows, Set<Context> contexts, String reason, String... names) {
        for (String name : names) {
            rows.add(new Directive<>(
                    name, contexts, Arity.ANY, true, true, "", new Support.Refused(reason), (s, level, c) -> {}));
        }
    }

    private static void blocks(List<Directive<Context, Setter>> rows) {
        addBlock(rows, MAIN, "only HTTP is forwarded", "stream");
        addBlock(rows, MAIN, "mail is not forwarded", "mail");
        addBlock(rows, MAIN, "it belongs to a module for Google's performance tools", "google_perftools_profiles");
        addBlock(rows, ANYWHERE, "texts are sent in the character set they are in", "charset_map");
        add(rows, ANYWHERE, "texts are sent in the character set they are in", "source_charset", "override_charset");
        add(rows, UPSTREAM, "it belongs to the commercial nginx", "sticky", "ntlm", "queue", "least_time", "state");
        add(rows, UPSTREAM, "the module upstream_fair is not there; least_conn is near", "fair");
    }

    private static void gateways(List<Directive<Context, Setter>> rows) {
        String fastcgi = "FastCGI is not spoken; forward to an HTTP server with proxy_pass";
        add(rows, ANYWHERE, fastcgi, "fastcgi_pass", "fastcgi_param", "fastcgi_index", "fastcgi_split_path_info");
        add(rows, ANYWHERE, fastcgi, "fastcgi_buffers", "fastcgi_buffer_size", "fastcgi_buffering");
        add(rows, ANYWHERE, fastcgi, "fastcgi_busy_buffers_size", "fastcgi_request_buffering", "fastcgi_bind");
        add(rows, ANYWHERE, fastcgi, "fastcgi_connect_timeout", "fastcgi_send_timeout", "fastcgi_read_timeout");
        add(rows, ANYWHERE, fastcgi, "fastcgi_intercept_errors", "fastcgi_ignore_headers", "fastcgi_hide_header");
        add(rows, ANYWHERE, fastcgi, "fastcgi_pass_header", "fastcgi_next_upstream", "fastcgi_keep_conn");
        add(rows, ANYWHERE, fastcgi, "fastcgi_cache", "fastcgi_cache_path", "fastcgi_cache_key", "fastcgi_cache_valid");
        add(rows, ANYWHERE, fastcgi, "fastcgi_cache_bypass", "fastcgi_no_cache", "fastcgi_cache_use_stale");
        add(rows, ANYWHERE, fastcgi, "fastcgi_temp_path", "fastcgi_max_temp_file_size", "fastcgi_store");
        add(rows, ANYWHERE, fastcgi, "fastcgi_ignore_client_abort", "fastcgi_catch_stderr", "fastcgi_limit_rate");
        String uwsgi = "the uwsgi protocol is not spoken; forward to the application's HTTP port with proxy_pass";
        add(rows, ANYWHERE, uwsgi, "uwsgi_pass", "uwsgi_param", "uwsgi_read_timeout", "uwsgi_send_timeout");
        add(rows, ANYWHERE, uwsgi, "uwsgi_connect_timeout", "uwsgi_buffering", "uwsgi_buffers", "uwsgi_buffer_size");
        add(rows, ANYWHERE, uwsgi, "uwsgi_modifier1", "uwsgi_modifier2", "uwsgi_cache", "uwsgi_temp_path");
        add(rows, ANYWHERE, uwsgi, "uwsgi_intercept_errors", "uwsgi_request_buffering", "uwsgi_pass_header");
        String scgi = "SCGI is not spoken; forward to an HTTP server with proxy_pass";
        add(rows, ANYWHERE, scgi, "scgi_pass", "scgi_param", "scgi_temp_path", "scgi_read_timeout", "scgi_buffering");
        add(rows, ANYWHERE, "gRPC needs HTTP/2", "grpc_pass", "grpc_set_header", "grpc_read_timeout");
        add(rows, ANYWHERE, "memcached is not spoken", "memcached_pass", "memcached_read_timeout");
        add(rows, ANYWHERE, "there is no disk cache yet", "proxy_cache", "proxy_cache_purge");
        add(rows, ANYWHERE, "answers are not stored as files", "proxy_store", "proxy_store_access");
        add(rows, ANYWHERE, "settings of OpenSSL are not reachable", "ssl_conf_command", "proxy_ssl_conf_command");
        add(rows, ANYWHERE, "clients' certificates are not checked with OCSP", "ssl_ocsp", "ssl_ocsp_responder");
        add(rows, ANYWHERE, "clients' certificates are not checked with OCSP", "ssl_ocsp_cache");
    }

    private static void filters(List<Directive<Context, Setter>> rows) {
        String ssi = "pages are not assembled with server-side includes";
        add(rows, ANYWHERE, ssi, "ssi", "ssi_types", "ssi_silent_errors", "ssi_last_modified", "ssi_value_length");
        String sub = "texts of responses are not replaced";
        add(rows, ANYWHERE, sub, "sub_filter", "sub_filter_once", "sub_filter_types", "sub_filter_last_modified");
        add(rows, ANYWHERE, sub, "subs_filter", "subs_filter_types", "subs_filter_bypass");
        add(rows, ANYWHERE, "nothing is put around responses", "add_before_body", "add_after_body", "addition_types");
        add(
                rows,
                ANYWHERE,
                "images are not changed",
                "image_filter",
                "image_filter_buffer",
                "image_filter_jpeg_quality");
        add(rows, ANYWHERE, "XML is not transformed", "xslt_stylesheet", "xslt_types", "xml_entities", "xslt_param");
        add(rows, ANYWHERE, "answers are not fetched in slices", "slice");
        add(rows, ANYWHERE, "the module echo is not there; use return", "echo", "echo_exec", "echo_sleep");
        add(rows, ANYWHERE, "programs are not run inside", "perl", "perl_set", "perl_modules", "js_import", "js_set");
        add(rows, ANYWHERE, "programs are not run inside", "js_content", "content_by_lua_block", "access_by_lua_block");
        add(rows, ANYWHERE, "Brotli is not available; use gzip", "brotli", "brotli_comp_level", "brotli_types");
        add(rows, ANYWHERE, "Brotli is not available; use gzip_static", "brotli_static");
    }

    private static void access(List<Directive<Context, Setter>> rows) {
        String subrequest = "there are no subrequests";
        add(rows, ANYWHERE, subrequest, "auth_request", "auth_request_set", "mirror", "mirror_request_body");
        add(rows, ANYWHERE, "referers are not checked; use map and if", "valid_referers");
        add(rows, ANYWHERE, "referers are not checked; use map and if", "referer_hash_max_size");
        add(rows, ANYWHERE, "referers are not checked; use map and if", "referer_hash_bucket_size");
        add(rows, ANYWHERE, "links are not signed", "secure_link", "secure_link_md5", "secure_link_secret");
        add(rows, ANYWHERE, "files are not changed through HTTP", "dav_methods", "dav_access", "dav_ext_methods");
        add(rows, ANYWHERE, "files are not changed through HTTP", "create_full_put_path", "min_delete_depth");
        add(rows, ANYWHERE, "visitors are not marked", "userid", "userid_name", "userid_domain", "userid_expires");
        add(rows, ANYWHERE, "visitors are not marked", "userid_path", "userid_p3p", "userid_mark", "userid_service");
        add(rows, ANYWHERE, "browsers are not told apart; use map", "modern_browser", "ancient_browser");
        add(rows, ANYWHERE, "browsers are not told apart; use map", "ancient_browser_value", "modern_browser_value");
        add(rows, ANYWHERE, "there is no GeoIP module; use geo", "geoip_country", "geoip_city", "geoip_org");
        add(rows, ANYWHERE, "there is no GeoIP module; use geo", "geoip_proxy", "geoip_proxy_recursive");
        addBlock(rows, ANYWHERE, "there is no GeoIP module; use geo", "geoip2");
        add(rows, ANYWHERE, "videos are sent as they are", "mp4", "mp4_buffer_size", "mp4_max_buffer_size", "flv");
        add(rows, ANYWHERE, "a file is never chosen by chance", "random_index");
        add(rows, ANYWHERE, "PAM is not asked; use auth_basic", "auth_pam", "auth_pam_service_name");
        add(rows, ANYWHERE, "it belongs to the commercial nginx", "auth_jwt", "api", "status_zone", "health_check");
        add(rows, ANYWHERE, "it belongs to the commercial nginx", "zone_sync", "hls", "f4f", "session_log", "keyval");
    }
}
