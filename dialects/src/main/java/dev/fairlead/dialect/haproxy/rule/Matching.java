package dev.fairlead.dialect.haproxy.rule;

import dev.fairlead.dialect.haproxy.sample.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How a sample is compared with patterns: the word behind `-m`.
enum Matching {
    FOUND("found"),
    BOOL("bool"),
    INT("int"),
    IP("ip"),
    BIN("bin"),
    LEN("len"),
    STR("str"),
    BEG("beg"),
    SUB("sub"),
    DIR("dir"),
    DOM("dom"),
    END("end"),
    REG("reg"),
    METH("meth");

    /// Fetches that have names with a way of comparing behind them: `path_beg` is `path -m beg`.
    private static final Map<String, String> FAMILIES = Map.ofEntries(
            Map.entry("base", "base"),
            Map.entry("cook", "req.cook"),
            Map.entry("hdr", "req.hdr"),
            Map.entry("path", "path"),
            Map.entry("scook", "res.cook"),
            Map.entry("shdr", "res.hdr"),
            Map.entry("url", "url"),
            Map.entry("urlp", "url_param"),
            Map.entry("ssl_fc_sni", "ssl_fc_sni"),
            Map.entry("req_ssl_sni", "req.ssl_sni"));

    private static final Set<Matching> TEXTUAL = EnumSet.of(LEN, STR, BEG, SUB, DIR, DOM, END, REG);

    private final String word;

    Matching(String word) {
        this.word = word;
    }

    static Optional<Matching> of(String word) {
        return Arrays.stream(values())
                .filter(matching -> matching.word.equals(word))
                .findFirst();
    }

    /// What the name of a test says besides the fetch.
    record Named(String fetch, Optional<Matching> matching) {}

    static Named split(String name) {
        for (Matching matching : values()) {
            String suffix = "_" + matching.word;
            if (name.endsWith(suffix)) {
                String fetch = FAMILIES.get(name.substring(0, name.length() - suffix.length()));
                boolean isText = TEXTUAL.contains(matching);
                if (fetch != null && isText) {
                    return new Named(fetch, Optional.of(matching));
                }
            }
        }
        String whole = FAMILIES.get(name);
        return whole == null ? new Named(name, Optional.empty()) : new Named(whole, Optional.of(STR));
    }

    /// How a kind of sample is compared unless it is said.
    static Matching usual(Kind kind) {
        return switch (kind) {
            case BOOLEAN -> BOOL;
            case NUMBER -> INT;
            case ADDRESS -> IP;
            case METHOD -> METH;
            case BYTES -> BIN;
            case TEXT -> STR;
        };
    }
}
