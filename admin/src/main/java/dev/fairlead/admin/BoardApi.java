package dev.fairlead.admin;

import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.ExchangeEntry;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.Place;
import dev.fairlead.model.control.Switchboard;
import dev.fairlead.model.http.HeadReading;
import dev.fairlead.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Answers on the socket of a [Switchboard]: HTTP and JSON in the form of Pound's control socket, so that its
/// clients can ask, or words for who would rather read.
///
/// `GET /listener/L/S/B` shows a server, a service (`/listener/L/S`), a listener (`/listener/L`) or everything
/// (`/listener`); PUT switches on and DELETE off. `L` and `S` are numbers or names, `-` for `L` stands for
/// the services that all listeners share. `PUT /session/L/S/B?key=K` binds a client to a server, and
/// `DELETE /session/L/S?key=K` forgets it.
public final class BoardApi implements ExchangeEntry {
    private final Supplier<Switchboard> layout;
    private final Engine engine;
    private final Clock clock;
    private final Later later;
    private final Place place = new ControlPlace();

    /// @param layout of what runs at present
    /// @param executor as for [ControlApi]
    public BoardApi(Supplier<Switchboard> layout, Engine engine, Clock clock, Executor executor) {
        this.layout = layout;
        this.engine = engine;
        this.clock = clock;
        this.later = new Later(executor);
    }

    @Override
    public HeadReading headReading() {
        return ControlSettings.HEAD;
    }

    @Override
    public void refuse(Exchange exchange, int status, String reason) {
        Answer.refuse(exchange, place, status, reason);
    }

    @Override
    public void handle(Exchange exchange) {
        exchange.place(place);
        boolean text = Answer.wantsText(exchange);
        Method method = exchange.head().method();
        String path = exchange.path();
        String query = exchange.query();
        later.answer(exchange, () -> answer(method, path, query, text));
    }

    private Ready answer(Method method, String path, String query, boolean text) {
        Board board = new Board(layout.get(), engine, clock);
        try {
            if (path.startsWith("/session/")) {
                return session(board, method, path.substring("/session".length()), Query.parse(query), text);
            }
            if (path.equals("/listener") || path.startsWith("/listener/")) {
                return thing(board, method, path.substring("/listener".length()), text);
            }
            if (path.equals("/") || path.equals("/core")) {
                return new Ready(200, Answer.JSON, BoardJson.core(board));
            }
            return refused(404, "there is nothing at " + path, text);
        } catch (IllegalArgumentException unknown) {
            return refused(404, String.valueOf(unknown.getMessage()), text);
        }
    }

    private static Ready thing(Board board, Method method, String path, boolean text) {
        BoardPlace found = BoardPlace.find(board.layout(), path);
        return switch (method) {
            case GET, HEAD ->
                text
                        ? new Ready(200, Answer.TEXT, BoardText.render(board, found))
                        : new Ready(200, Answer.JSON, BoardJson.render(board, found));
            case PUT -> done(board.turn(found, true), text);
            case DELETE -> done(board.turn(found, false), text);
            default -> refused(405, "ask with GET, PUT or DELETE", text);
        };
    }

    private static Ready session(Board board, Method method, String path, Query query, boolean text) {
        String key = query.text("key").orElse("");
        if (key.isEmpty()) {
            return refused(400, "which session? ?key=KEY says it", text);
        }
        return switch (BoardPlace.find(board.layout(), path)) {
            case BoardPlace.OfServer(var service, var server)
            when method == Method.PUT -> done(board.bind(service, server, key), text);
            case BoardPlace.OfService(var service)
            when method == Method.DELETE -> done(board.forget(service, key), text);
            case BoardPlace other -> refused(400, "PUT wants a server of a service, DELETE a service", text);
        };
    }

    private static Ready done(boolean isDone, boolean text) {
        if (text) {
            return new Ready(isDone ? 200 : 409, Answer.TEXT, isDone ? "" : "command failed\n");
        }
        return new Ready(200, Answer.JSON, isDone ? "true" : "false");
    }

    private static Ready refused(int status, String message, boolean text) {
        return text
                ? new Ready(status, Answer.TEXT, message + "\n")
                : new Ready(status, Answer.JSON, Json.message(false, message));
    }
}
