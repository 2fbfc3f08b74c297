package dev.fairlead.engine.app.environ;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.app.Application;
import io.netty.buffer.ByteBuf;

/// Writes requests as workers read them: the payload of REQUEST frames. One for each application; used by all
/// event loops.
public interface RequestEncoder {
    /// The flag of a request whose body is not complete in its frame.
    int MORE_BODY = 1;

    /// The flag of a request that asks to upgrade the connection.
    int UPGRADE = 2;

    /// The flags of a request.
    ///
    /// @param isWhole whether its frame holds all of its body
    static int flags(Exchange exchange, boolean isWhole) {
        return (isWhole ? 0 : MORE_BODY) | (Upgrades.isAskedBy(exchange) ? UPGRADE : 0);
    }

    /// What the request has to be answered because it cannot be presented to the application; 0 if it can.
    int refusal(Exchange exchange);

    /// Appends the request.
    ///
    /// @param body the body or its beginning; stays as it is
    /// @param flags [#MORE_BODY], [#UPGRADE]
    /// @param told what the worker was told over the connection that the request will take
    void encode(Exchange exchange, ByteBuf body, int flags, ToldVariables told, ByteBuf out);

    /// Appends a GET request of the program's own.
    ///
    /// @param pathAndQuery in origin form
    /// @param told as for others
    void probe(String pathAndQuery, ToldVariables told, ByteBuf out);

    static RequestEncoder of(Application application) {
        return application.kind().isWsgi() ? new WsgiEnviron(application) : new AsgiScope(application);
    }
}
