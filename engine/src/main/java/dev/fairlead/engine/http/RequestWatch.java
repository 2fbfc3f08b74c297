package dev.fairlead.engine.http;

/// Counts requests of a connection while they are in progress. Belongs to one connection, like its exchange.
public interface RequestWatch {
    /// The head of another request is complete.
    void began(Exchange exchange);

    /// The request is over, whatever became of it.
    void ended(Exchange exchange);

    /// The client's connection is closed; no request is in progress any more.
    void connectionEnded();
}
