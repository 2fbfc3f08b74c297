package dev.fairlead.dialect.nginx.scope;

/// Where a directive may stand.
public enum Context {
    MAIN("main"),
    EVENTS("events"),
    HTTP("http"),
    SERVER("server"),
    LOCATION("location"),
    UPSTREAM("upstream"),
    SERVER_IF("if in server"),
    LOCATION_IF("if in location"),
    LIMIT_EXCEPT("limit_except"),
    STREAM("stream"),
    STREAM_SERVER("server in stream"),
    STREAM_UPSTREAM("upstream in stream");

    private final String words;

    Context(String words) {
        this.words = words;
    }

    /// As nginx's documentation calls it.
    public String words() {
        return words;
    }
}
