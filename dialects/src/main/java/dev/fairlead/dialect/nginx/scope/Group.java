package dev.fairlead.dialect.nginx.scope;

/// Settings that together make one value of the model. A level that makes none of a group's settings shares the
/// value of the level above.
public enum Group {
    PROCESS,
    TLS,
    HEAD,
    CLIENT_ADDRESS,
    ACCESS,
    LIMITS,
    BODY,
    CONNECTION,
    FILES,
    RESPONSE,
    COMPRESSION,
    SUBSTITUTION,
    COPIES,
    REDIRECTS,
    ERRORS,
    LOGGING,
    REWRITING,
    PROXY
}
