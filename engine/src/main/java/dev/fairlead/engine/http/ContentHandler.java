package dev.fairlead.engine.http;

/// Answers requests. Compiled for a place and shared by all its requests.
public interface ContentHandler {
    /// Answers now or later on the same event loop: by [Exchange#respond] and what follows, by [Exchange#fail],
    /// or by handing on with [Exchange#redirectTo] or [Exchange#enterNamed].
    void handle(Exchange exchange);
}
