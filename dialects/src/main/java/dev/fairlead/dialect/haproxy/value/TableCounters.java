package dev.fairlead.dialect.haproxy.value;

import dev.fairlead.model.text.Counter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a stick table can count, by the names of its data types.
public final class TableCounters {
    private static final Map<String, List<Counter>> NAMES = new TreeMap<>(Map.ofEntries(
            Map.entry("conn_cnt", List.of(Counter.CONNECTIONS)),
            Map.entry("conn_cur", List.of(Counter.CONNECTIONS_NOW)),
            Map.entry("conn_rate", List.of(Counter.CONNECTION_RATE)),
            Map.entry("sess_cnt", List.of(Counter.SESSIONS)),
            Map.entry("sess_rate", List.of(Counter.SESSION_RATE)),
            Map.entry("http_req_cnt", List.of(Counter.REQUESTS)),
            Map.entry("http_req_rate", List.of(Counter.REQUEST_RATE)),
            Map.entry("http_err_cnt", List.of(Counter.CLIENT_ERRORS)),
            Map.entry("http_err_rate", List.of(Counter.CLIENT_ERROR_RATE)),
            Map.entry("http_fail_cnt", List.of(Counter.SERVER_ERRORS)),
            Map.entry("http_fail_rate", List.of(Counter.SERVER_ERROR_RATE)),
            Map.entry("bytes_in_cnt", List.of(Counter.BYTES_IN)),
            Map.entry("bytes_in_rate", List.of(Counter.BYTES_IN_RATE)),
            Map.entry("bytes_out_cnt", List.of(Counter.BYTES_OUT)),
            Map.entry("bytes_out_rate", List.of(Counter.BYTES_OUT_RATE)),
            Map.entry("gpc0", List.of(Counter.GENERAL_0)),
            Map.entry("gpc0_rate", List.of(Counter.GENERAL_0_RATE)),
            Map.entry("gpc1", List.of(Counter.GENERAL_1)),
            Map.entry("gpc1_rate", List.of(Counter.GENERAL_1_RATE)),
            Map.entry("gpt0", List.of(Counter.TAG_0)),
            Map.entry("gpc", List.of(Counter.GENERAL_0, Counter.GENERAL_1)),
            Map.entry("gpc_rate", List.of(Counter.GENERAL_0_RATE, Counter.GENERAL_1_RATE)),
            Map.entry("gpt", List.of(Counter.TAG_0))));

    private TableCounters() {}

    /// The counters of a data type, several for an array; none for a type that is not kept here.
    public static List<Counter> of(String name) {
        return NAMES.getOrDefault(name, List.of());
    }

    public static Set<String> names() {
        return NAMES.keySet();
    }

    /// One of an array.
    ///
    /// @throws IllegalArgumentException if it has no such place
    public static Counter at(String array, String index) {
        return Figures.between(index, 0, of(array).size() - 1)
                .map(place -> of(array).get(place))
                .orElseThrow(() -> new IllegalArgumentException("there is no '" + array + "(" + index + ")', only "
                        + of(array).size() + " of them here"));
    }
}
