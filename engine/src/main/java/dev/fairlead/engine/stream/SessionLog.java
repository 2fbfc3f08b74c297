package dev.fairlead.engine.stream;

import dev.fairlead.engine.http.Ending;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.model.http.ConnectionFailure;
import dev.fairlead.model.text.Attribute;
import org.jspecify.annotations.Nullable;

/// What the log tells of a [StreamSession]: one line, at its end or, where that is wanted, when a server has taken
/// the connection.
final class SessionLog {
    private final StreamSession session;
    private final Reckoning reckoning;
    private final @Nullable Tally front;
    private @Nullable ConnectionFailure failure;
    private String ending = "";
    private boolean isDone;

    /// @param front the frontend's; null if nobody counts by frontends
    SessionLog(StreamSession session, Reckoning reckoning, @Nullable Tally front) {
        this.session = session;
        this.reckoning = reckoning;
        this.front = front;
    }

    /// The connection has failed before it was begun.
    void failed(ConnectionFailure why) {
        failure = why;
    }

    /// Who has ended the connection before its time, and while what was done, in the letters of [Ending]; the first
    /// to say so counts.
    void ending(String letters) {
        if (ending.isEmpty()) {
            ending = letters;
        }
    }

    /// No line is wanted.
    void omit() {
        isDone = true;
    }

    /// A server has taken the connection.
    void stands() {
        if (session.service().logs().tellsBeginnings()) {
            Exchange exchange = told(0);
            session.service().logs().begun(exchange);
            isDone = exchange.isLogged();
        }
    }

    /// The connection is over.
    void over() {
        if (isDone || !session.service().isLogged()) {
            return;
        }
        Exchange exchange = told(1);
        ConnectionFailure why = failure;
        if (why != null) {
            exchange.values().fact(Attribute.CONNECTION_FAILURE, why.word());
        }
        if (why == null || !session.service().logs().failed(exchange)) {
            exchange.values().fact(Attribute.ENDING, ending.isEmpty() ? Ending.NONE : ending);
            session.service().logs().write(exchange);
        }
    }

    /// With all that lines may tell.
    ///
    /// @param over how many of the connections that are counted are over: this one, at its end
    private Exchange told(int over) {
        Exchange exchange = session.exchange();
        reckoning.tell(exchange);
        exchange.front(front);
        Tally back = session.back();
        if (back != null) {
            exchange.values().fact(Attribute.BACK_NAME, back.name());
            exchange.values().fact(Attribute.BACK_CONNECTIONS, Integer.toString(back.present() - over));
        }
        exchange.counters().headRead(session.facts().openedNanos());
        exchange.response().status(session.status());
        return exchange;
    }
}
