package dev.fairlead.dialect.nginx.syntax;

/// Rule ids of the grammar.
public final class Rules {
    public static final String UNEXPECTED = "nginx.unexpected";
    public static final String END_OF_FILE = "nginx.end-of-file";
    /// A quoted word that ends where another one was meant to begin: what follows is read inside out.
    public static final String QUOTE = "nginx.quote";
    /// An expression without quotes whose brace has opened a block.
    public static final String BRACED_EXPRESSION = "nginx.braced-expression";
    public static final String UNTERMINATED = "nginx.unterminated";

    private Rules() {}
}
