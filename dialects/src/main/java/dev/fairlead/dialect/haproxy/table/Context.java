package dev.fairlead.dialect.haproxy.table;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// The kinds of sections, by the word that opens them.
public enum Context {
    GLOBAL("global"),
    DEFAULTS("defaults"),
    FRONTEND("frontend"),
    LISTEN("listen"),
    BACKEND("backend"),
    USERLIST("userlist"),
    PEERS("peers"),
    RESOLVERS("resolvers"),
    MAILERS("mailers"),
    HTTP_ERRORS("http-errors"),
    CACHE("cache"),
    PROGRAM("program"),
    RING("ring"),
    LOG_FORWARD("log-forward"),
    LOG_PROFILE("log-profile"),
    FCGI_APP("fcgi-app"),
    CRT_STORE("crt-store"),
    TRACES("traces"),
    ACME("acme");

    static final Set<Context> ANY_PROXY = EnumSet.of(DEFAULTS, FRONTEND, LISTEN, BACKEND);
    static final Set<Context> PROXIES = EnumSet.of(FRONTEND, LISTEN, BACKEND);
    static final Set<Context> FRONT = EnumSet.of(DEFAULTS, FRONTEND, LISTEN);
    static final Set<Context> FRONTENDS = EnumSet.of(FRONTEND, LISTEN);
    static final Set<Context> BACK = EnumSet.of(DEFAULTS, LISTEN, BACKEND);
    static final Set<Context> BACKENDS = EnumSet.of(LISTEN, BACKEND);

    private final String word;

    Context(String word) {
        this.word = word;
    }

    /// As it stands in configurations and messages.
    public String word() {
        return word;
    }

    public static Optional<Context> of(String word) {
        return Arrays.stream(values())
                .filter(context -> context.word.equals(word))
                .findFirst();
    }

    /// Whether requests or connections go through it.
    public boolean isProxy() {
        return PROXIES.contains(this);
    }

    /// Whether its lines are left unread because nothing follows from the whole section.
    public boolean isUnread() {
        return switch (this) {
            case PROGRAM, RING, LOG_FORWARD, LOG_PROFILE, FCGI_APP, CRT_STORE, TRACES, ACME -> true;
            case GLOBAL, DEFAULTS, FRONTEND, LISTEN, BACKEND -> false;
            case USERLIST, PEERS, RESOLVERS, MAILERS, HTTP_ERRORS, CACHE -> false;
        };
    }
}
