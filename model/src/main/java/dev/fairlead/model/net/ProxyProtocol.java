package dev.fairlead.model.net;

/// How the header of the PROXY protocol is written to a server, before everything else.
public enum ProxyProtocol {
    /// A line of text.
    VERSION_1,
    /// Binary.
    VERSION_2
}
