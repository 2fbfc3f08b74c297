package dev.fairlead.dialect.haproxy.sample;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Fetches and converters of HAProxy's that are refused by name.
public final class UnsupportedSamples {
    private static final String TABLES = "that is not counted here";
    private static final String RAW = "bytes of a connection are not looked at";
    private static final String MORE_TLS = "the TLS library does not tell it";
    private static final String INTERNAL = "it tells about HAProxy's inside";
    private static final String FORMAT = "that format is not read here";

    private static final Map<String, List<String>> FETCHES = Map.of(
            TABLES,
            List.of(
                    "sc_*",
                    "sc0_*",
                    "sc1_*",
                    "sc2_*",
                    "src_bytes_*",
                    "src_clr_*",
                    "src_conn_*",
                    "src_get_*",
                    "src_http_*",
                    "src_inc_*",
                    "src_kbytes_*",
                    "src_sess_*",
                    "src_updt_*",
                    "table_avl",
                    "table_cnt",
                    "bc_glitches",
                    "fc_glitches"),
            RAW,
            List.of(
                    "req.ssl_*",
                    "req_ssl_*",
                    "distcc_*",
                    "res.body",
                    "res.body_*",
                    "req.timer.*",
                    "req.bytes_*",
                    "res.bytes_*",
                    "res.timer.*"),
            MORE_TLS,
            List.of("ssl_bc*", "ssl_fc_*", "ssl_c_*", "ssl_f_*", "ssl_s_*", "quic_enabled", "ssllib_*"),
            INTERNAL,
            List.of(
                    "act_conn",
                    "bc_*",
                    "be_*",
                    "bytes_*",
                    "cpu_*",
                    "cur_*",
                    "fc_*",
                    "fe_*",
                    "hdr_name*",
                    "internal.*",
                    "last_*",
                    "lat_ns_*",
                    "srv_*",
                    "stopping",
                    "thread",
                    "txn.*",
                    "cookie_cnt",
                    "url_ip",
                    "url_port",
                    "waiting_entity",
                    "accept_date",
                    "request_date",
                    "term_events",
                    "when",
                    "pathq_*",
                    "server_status",
                    "get_*",
                    "quic_*",
                    "req.cook_names",
                    "res.cook_*",
                    "http_first_*"));

    private static final Map<String, List<String>> CONVERTERS = Map.of(
            TABLES,
            List.of("in_table", "table_*"),
            FORMAT,
            List.of(
                    "aes_*",
                    "le2dec",
                    "fix_*",
                    "mqtt_*",
                    "protobuf",
                    "ungrpc",
                    "x509_*",
                    "rfc7239_*",
                    "ip.*",
                    "eth.*",
                    "tcp.*",
                    "udp.*",
                    "base2",
                    "reverse",
                    "reverse_dom",
                    "jwk_*",
                    "bytes_*"),
            INTERNAL,
            List.of(
                    "debug",
                    "unset-var",
                    "xml*",
                    "ms_ltime",
                    "ms_utime",
                    "us_ltime",
                    "us_utime",
                    "when",
                    "map_*_key",
                    "51d.single",
                    "da-csv-conv",
                    "http_date_*"));

    private UnsupportedSamples() {}

    static Optional<String> fetch(String name) {
        return reason(FETCHES, name);
    }

    static Optional<String> converter(String name) {
        return reason(CONVERTERS, name);
    }

    private static Optional<String> reason(Map<String, List<String>> reasons, String name) {
        return reasons.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(known -> matches(known, name)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean matches(String known, String name) {
        int star = known.indexOf('*');
        return star < 0
                ? known.equals(name)
                : name.startsWith(known.substring(0, star)) && name.endsWith(known.substring(star + 1));
    }

    /// For the documentation: names, or beginnings of names, by reason.
    public static Map<String, String> docs(boolean converters) {
        return (converters ? CONVERTERS : FETCHES)
                .entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> entry.getValue().stream()
                                        .sorted()
                                        .collect(Collectors.joining("`, `", "`", "`")),
                                (a, b) -> a,
                                java.util.TreeMap::new));
    }
}
