package dev.fairlead.dialect.pound.table;

/// Where a directive may stand.
public enum Context {
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

    public String words() {
        return words;
    }
}
