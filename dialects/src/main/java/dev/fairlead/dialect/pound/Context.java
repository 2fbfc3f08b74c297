package dev.fairlead.dialect.pound;

/// Where a directive may stand.
enum Context {
    GLOBAL("global"),
    HTTP("ListenHTTP"),
    HTTPS("ListenHTTPS"),
    SERVICE("Service"),
    BACKEND("BackEnd"),
    EMERGENCY("Emergency"),
    SESSION("Session"),
    CONTROL("Control"),
    MATCH("Match"),
    REWRITE("Rewrite"),
    REWRITE_RESPONSE("Rewrite response"),
    /// A list of words, one in a line.
    LIST("list");

    private final String words;

    Context(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
