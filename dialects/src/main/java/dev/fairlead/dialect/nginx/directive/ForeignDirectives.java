package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.syntax.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Directives of nginx that Fairlead refuses by name, because leaving them aside would change what a site does;
/// and those that only tune something refused. Their names and the reasons are a text, and not a file beside the
/// classes, for which the jar would have to be opened at each start.
final class ForeignDirectives {
    /// Directives of nginx and of modules that Debian builds. A line with a colon: where the names below it may
    /// stand, and why they are refused; `{}` marks a block. Those below "passive" and "warned" may stand within
    /// http. The former only tune what is refused elsewhere, and are left aside; the latter too, though sites
    /// answer otherwise without them.
    private static final String REFUSED = """
            main: mail is not forwarded
            mail{}

            main: the performance tools of Google are not linked in
            google_perftools_profiles

            http: texts are sent in the character set they are in
            charset_map{} override_charset source_charset

            upstream: it belongs to the commercial nginx
            least_time ntlm queue state sticky

            upstream: the module upstream_fair is not there; least_conn is near
            fair

            http: FastCGI is not spoken; forward to an HTTP server with proxy_pass
            fastcgi_pass

            http: the uwsgi protocol is not spoken; forward to the application's HTTP port with proxy_pass
            uwsgi_pass

            http: SCGI is not spoken; forward to an HTTP server with proxy_pass
            scgi_pass

            http: gRPC needs HTTP/2
            grpc_pass

            http: memcached is not spoken
            memcached_pass

            http: there is no disk cache yet
            proxy_cache_purge

            http: answers are not stored as files
            proxy_store proxy_store_access

            http: settings of OpenSSL are not reachable
            proxy_ssl_conf_command

            http: clients' certificates are not checked with OCSP
            ssl_ocsp ssl_ocsp_cache ssl_ocsp_responder

            http: pages are not assembled with server-side includes
            ssi ssi_ignore_recycled_buffers ssi_last_modified ssi_min_file_chunk ssi_silent_errors ssi_types
            ssi_value_length

            http: expressions in responses are not replaced; sub_filter replaces texts
            subs_filter subs_filter_bypass subs_filter_types

            http: nothing is put around responses
            add_after_body add_before_body addition_types

            http: images are not changed
            image_filter image_filter_buffer image_filter_jpeg_quality

            http: XML is not transformed
            xml_entities xslt_param xslt_stylesheet xslt_types

            http: answers are not fetched in slices
            slice

            http: the module echo is not there; use return
            echo echo_exec echo_sleep

            http: programs are not run inside; an application can answer, see "app"
            access_by_lua access_by_lua_block{} access_by_lua_file balancer_by_lua_block{} balancer_by_lua_file
            body_filter_by_lua body_filter_by_lua_block{} body_filter_by_lua_file content_by_lua content_by_lua_block{}
            content_by_lua_file header_filter_by_lua header_filter_by_lua_block{} header_filter_by_lua_file init_by_lua
            init_by_lua_block{} init_by_lua_file init_worker_by_lua init_worker_by_lua_block{} init_worker_by_lua_file
            log_by_lua log_by_lua_block{} log_by_lua_file rewrite_by_lua rewrite_by_lua_block{} rewrite_by_lua_file
            set_by_lua set_by_lua_block{} set_by_lua_file ssl_certificate_by_lua_block{} ssl_certificate_by_lua_file
            js_body_filter js_content js_header_filter js_import js_include js_set perl perl_modules perl_require perl_set

            passive: programs are not run inside
            js_path lua_check_client_abort lua_code_cache lua_max_pending_timers lua_max_running_timers lua_need_request_body
            lua_package_cpath lua_package_path lua_shared_dict lua_socket_connect_timeout lua_socket_log_errors
            lua_ssl_trusted_certificate lua_ssl_verify_depth

            http: requests are not judged by ModSecurity; a firewall has to stand in front
            modsecurity modsecurity_rules modsecurity_rules_file modsecurity_rules_remote

            http: applications are not run by Passenger; use app or proxy_pass
            passenger_enabled passenger_app_root passenger_python passenger_ruby passenger_root

            http: fields of requests are not changed; proxy_set_header is near
            more_clear_input_headers more_set_input_headers

            warned: answers are not compressed with Brotli; gzip is followed
            brotli

            warned: files compressed with Brotli are not looked for; gzip_static is followed
            brotli_static

            passive: answers are not compressed with Brotli
            brotli_buffers brotli_comp_level brotli_min_length brotli_types brotli_window

            warned: answers are not compressed with Zstandard; gzip is followed
            zstd

            passive: answers are not compressed with Zstandard
            zstd_buffers zstd_comp_level zstd_min_length zstd_types

            warned: counts are shown by "fairlead status" and stub_status
            vhost_traffic_status vhost_traffic_status_zone

            passive: counts are shown by "fairlead status" and stub_status
            vhost_traffic_status_average_method vhost_traffic_status_bypass_stats vhost_traffic_status_filter
            vhost_traffic_status_filter_by_host vhost_traffic_status_filter_by_set_key vhost_traffic_status_histogram_buckets

            http: counts are shown by "fairlead status" and stub_status
            vhost_traffic_status_display vhost_traffic_status_display_format vhost_traffic_status_limit
            vhost_traffic_status_limit_traffic

            http: pages are not rewritten by PageSpeed
            pagespeed

            http: PROPFIND, LOCK and the like are not answered; dav_methods is followed
            dav_ext_lock dav_ext_lock_zone dav_ext_methods

            http: visitors are not marked
            userid userid_domain userid_expires userid_flags userid_mark userid_name userid_p3p userid_path userid_service

            http: browsers are not told apart; use map
            ancient_browser ancient_browser_value modern_browser modern_browser_value

            http: there is no GeoIP module; use geo
            geoip2{} geoip_city geoip_country geoip_org geoip_proxy geoip_proxy_recursive

            http: videos are sent as they are
            flv mp4 mp4_buffer_size mp4_max_buffer_size mp4_start_key_frame

            http: a file is never chosen by chance
            random_index

            http: PAM is not asked; use auth_basic
            auth_pam auth_pam_service_name

            http: it belongs to the commercial nginx
            api auth_jwt f4f health_check hls keyval session_log status_zone zone_sync

            http: nothing runs after a request
            post_action

            passive: FastCGI is not spoken
            fastcgi_bind fastcgi_buffer_size fastcgi_buffering fastcgi_buffers fastcgi_busy_buffers_size fastcgi_cache
            fastcgi_cache_background_update fastcgi_cache_bypass fastcgi_cache_key fastcgi_cache_lock
            fastcgi_cache_lock_age fastcgi_cache_lock_timeout fastcgi_cache_max_range_offset fastcgi_cache_methods
            fastcgi_cache_min_uses fastcgi_cache_path fastcgi_cache_revalidate fastcgi_cache_use_stale fastcgi_cache_valid
            fastcgi_catch_stderr fastcgi_connect_timeout fastcgi_force_ranges fastcgi_hide_header
            fastcgi_ignore_client_abort fastcgi_ignore_headers fastcgi_index fastcgi_intercept_errors fastcgi_keep_conn
            fastcgi_limit_rate fastcgi_max_temp_file_size fastcgi_next_upstream fastcgi_next_upstream_timeout
            fastcgi_next_upstream_tries fastcgi_no_cache fastcgi_param fastcgi_pass_header fastcgi_pass_request_body
            fastcgi_pass_request_headers fastcgi_read_timeout fastcgi_request_buffering fastcgi_send_lowat
            fastcgi_send_timeout fastcgi_socket_keepalive fastcgi_split_path_info fastcgi_store fastcgi_store_access
            fastcgi_temp_file_write_size fastcgi_temp_path

            passive: the uwsgi protocol is not spoken
            uwsgi_bind uwsgi_buffer_size uwsgi_buffering uwsgi_buffers uwsgi_busy_buffers_size uwsgi_cache
            uwsgi_cache_background_update uwsgi_cache_bypass uwsgi_cache_key uwsgi_cache_lock uwsgi_cache_lock_age
            uwsgi_cache_lock_timeout uwsgi_cache_max_range_offset uwsgi_cache_methods uwsgi_cache_min_uses
            uwsgi_cache_path uwsgi_cache_revalidate uwsgi_cache_use_stale uwsgi_cache_valid uwsgi_connect_timeout
            uwsgi_force_ranges uwsgi_hide_header uwsgi_ignore_client_abort uwsgi_ignore_headers uwsgi_intercept_errors
            uwsgi_limit_rate uwsgi_max_temp_file_size uwsgi_modifier1 uwsgi_modifier2 uwsgi_next_upstream
            uwsgi_next_upstream_timeout uwsgi_next_upstream_tries uwsgi_no_cache uwsgi_param uwsgi_pass_header
            uwsgi_pass_request_body uwsgi_pass_request_headers uwsgi_read_timeout uwsgi_request_buffering
            uwsgi_send_timeout uwsgi_socket_keepalive uwsgi_ssl_certificate uwsgi_ssl_certificate_key uwsgi_ssl_ciphers
            uwsgi_ssl_conf_command uwsgi_ssl_crl uwsgi_ssl_name uwsgi_ssl_password_file uwsgi_ssl_protocols
            uwsgi_ssl_server_name uwsgi_ssl_session_reuse uwsgi_ssl_trusted_certificate uwsgi_ssl_verify
            uwsgi_ssl_verify_depth uwsgi_store uwsgi_store_access uwsgi_string uwsgi_temp_file_write_size uwsgi_temp_path

            passive: SCGI is not spoken
            scgi_bind scgi_buffer_size scgi_buffering scgi_buffers scgi_busy_buffers_size scgi_cache
            scgi_cache_background_update scgi_cache_bypass scgi_cache_key scgi_cache_lock scgi_cache_lock_age
            scgi_cache_lock_timeout scgi_cache_max_range_offset scgi_cache_methods scgi_cache_min_uses scgi_cache_path
            scgi_cache_revalidate scgi_cache_use_stale scgi_cache_valid scgi_connect_timeout scgi_force_ranges
            scgi_hide_header scgi_ignore_client_abort scgi_ignore_headers scgi_intercept_errors scgi_limit_rate
            scgi_max_temp_file_size scgi_next_upstream scgi_next_upstream_timeout scgi_next_upstream_tries scgi_no_cache
            scgi_param scgi_pass_header scgi_pass_request_body scgi_pass_request_headers scgi_read_timeout
            scgi_request_buffering scgi_send_timeout scgi_socket_keepalive scgi_store scgi_store_access
            scgi_temp_file_write_size scgi_temp_path

            passive: gRPC is not spoken
            grpc_bind grpc_buffer_size grpc_connect_timeout grpc_hide_header grpc_ignore_headers grpc_intercept_errors
            grpc_next_upstream grpc_next_upstream_timeout grpc_next_upstream_tries grpc_pass_header grpc_read_timeout
            grpc_send_timeout grpc_set_header grpc_socket_keepalive grpc_ssl_certificate grpc_ssl_certificate_key
            grpc_ssl_ciphers grpc_ssl_conf_command grpc_ssl_crl grpc_ssl_name grpc_ssl_password_file grpc_ssl_protocols
            grpc_ssl_server_name grpc_ssl_session_reuse grpc_ssl_trusted_certificate grpc_ssl_verify grpc_ssl_verify_depth

            passive: memcached is not spoken
            memcached_bind memcached_buffer_size memcached_connect_timeout memcached_gzip_flag memcached_next_upstream
            memcached_next_upstream_timeout memcached_next_upstream_tries memcached_read_timeout memcached_send_timeout
            memcached_socket_keepalive
            """;
    private static final Set<Context> WITHIN_HTTP = EnumSet.of(
            Context.HTTP,
            Context.SERVER,
            Context.SERVER_IF,
            Context.LOCATION,
            Context.LOCATION_IF,
            Context.LIMIT_EXCEPT);

    /// Those of them that may be switched off, as they are.
    private static final Set<String> SWITCHES = Set.of(
            "auth_jwt",
            "brotli",
            "brotli_static",
            "dav_ext_methods",
            "image_filter",
            "modsecurity",
            "override_charset",
            "pagespeed",
            "passenger_enabled",
            "proxy_cache",
            "proxy_store",
            "random_index",
            "source_charset",
            "ssi",
            "ssl_ocsp",
            "ssl_ocsp_cache",
            "ssl_stapling",
            "ssl_stapling_verify",
            "status_zone",
            "userid",
            "vhost_traffic_status",
            "zstd");

    private enum Kind {
        REFUSED,
        PASSIVE,
        WARNED
    }

    private ForeignDirectives() {}

    static boolean isSwitchedOff(Statement statement) {
        return statement.count() == 1
                && statement.arg(0).is("off")
                && SWITCHES.contains(statement.name().text());
    }

    static List<Directive<Context, Setter>> rows() {
        List<Directive<Context, Setter>> rows = new ArrayList<>();
        Set<Context> contexts = WITHIN_HTTP;
        String reason = "";
        Kind kind = Kind.REFUSED;
        for (String line : REFUSED.lines().filter(line -> !line.isBlank()).toList()) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                contexts = contexts(line.substring(0, colon));
                kind = switch (line.substring(0, colon)) {
                    case "passive" -> Kind.PASSIVE;
                    case "warned" -> Kind.WARNED;
                    default -> Kind.REFUSED;
                };
                reason = line.substring(colon + 2);
                continue;
            }
            for (String name : line.split(" ", -1)) {
                rows.add(row(name, contexts, reason, kind));
            }
        }
        return rows;
    }

    private static Directive<Context, Setter> row(String name, Set<Context> contexts, String reason, Kind kind) {
        boolean block = name.endsWith("{}");
        Support support = switch (kind) {
            case REFUSED -> new Support.Refused(reason);
            case PASSIVE -> new Support.WithoutEffect(reason, false);
            case WARNED -> new Support.WithoutEffect(reason, true);
        };
        return new Directive<>(
                block ? name.substring(0, name.length() - 2) : name,
                contexts,
                Arity.ANY,
                block,
                true,
                "",
                support,
                (statement, level, c) -> {});
    }

    private static Set<Context> contexts(String word) {
        return switch (word) {
            case "main" -> EnumSet.of(Context.MAIN);
            case "upstream" -> EnumSet.of(Context.UPSTREAM);
            default -> WITHIN_HTTP;
        };
    }
}
