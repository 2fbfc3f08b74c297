package dev.fairlead.dialect.nginx.syntax;

/// Rule ids of the grammar.
public final class Rules {
    public static final String UNEXPECTED = "nginx.unexpected";
    public static final String END_OF_FILE = "nginx.end-of-file";
    public static final String UNTERMINATED = "nginx.unterminated";

    private Rules() {}
}
