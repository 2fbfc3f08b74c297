package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.model.text.StickTable;
import dev.fairlead.model.text.UserList;
import dev.fairlead.model.text.Variable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What expressions refer to: names of the configuration around them.
public interface Surroundings {
    /// The frontend that the request came in by.
    String frontend();

    /// The backend it goes to; empty while that is not decided.
    Optional<String> backend();

    boolean hasBackend(String name);

    /// The number of the frontend, or of the backend; of the frontend while that is not decided.
    int number(boolean ofBackend);

    /// A time limit of the frontend, or of the backend, in milliseconds; 0 for none.
    long limit(boolean ofBackend, String keyword);

    /// Where the frontend's requests go that no rule took; empty for nowhere.
    String usualBackend();

    /// The name, or else the number, of the address of the frontend that the connection came in by.
    Variable entrance(boolean number);

    /// Whether addresses are those of the socket, since no header of the PROXY protocol has been read yet.
    boolean isEarly();

    /// Whether bytes are passed on as they are.
    boolean isTcp();

    /// Whether answers of servers are what is looked at.
    boolean isOfAnswers();

    Optional<UserList> users(String name);

    /// The stick table of a proxy.
    ///
    /// @param proxy its name; empty for the one that the expression stands in
    Optional<StickTable> table(String proxy);

    /// A variable by its name with scope, `txn.name`; known to all that name it.
    ///
    /// @throws IllegalArgumentException if the scope is none
    Variable variable(String name);

    /// The same to be read: what `global` says it is from the start, while no rule has set it.
    ///
    /// @throws IllegalArgumentException if the scope is none
    Variable valueOf(String name);

    /// What is kept of requests or responses for the log, in order.
    List<Variable> captures(Variable.Side side);

    /// The cookie that is kept for the log.
    Optional<Variable> capturedCookie(Variable.Side side);

    /// The request's own id as `unique-id-format` makes it, once.
    Optional<Variable> uniqueId();

    /// The lines of a file that the configuration names.
    List<String> lines(String file) throws IOException;

    Optional<String> environment(String name);

    /// The expression as the engine understands it.
    ///
    /// @throws IllegalArgumentException with the reason if it is none
    dev.fairlead.model.text.Regex regex(String pattern, boolean ignoreCase, dev.fairlead.source.Span origin);
}
