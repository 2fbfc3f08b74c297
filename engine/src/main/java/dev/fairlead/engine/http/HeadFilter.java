package dev.fairlead.engine.http;

/// Changes the head of a response before it is sent: fields, status, length; and puts itself in the way of the
/// body where it has to. A filter is compiled for a place and shared by all its requests: state goes into the
/// [BodyOutput].
public interface HeadFilter {
    /// Looks at `exchange.response()`. To change the body, wrap [Exchange#output()] by [Exchange#replaceOutput].
    void apply(Exchange exchange);
}
