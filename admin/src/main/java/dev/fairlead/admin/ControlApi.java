package dev.fairlead.admin;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.ExchangeEntry;
import dev.fairlead.engine.http.Place;
import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.control.Question;
import dev.fairlead.model.http.HeadReading;
import dev.fairlead.model.status.StackStatus;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the requests of [ControlRequest]. What takes time is done by the given executor; event loops only
/// write.
public final class ControlApi implements ExchangeEntry {
    private static final Logger LOG = LoggerFactory.getLogger(ControlApi.class);

    private final StackControl stack;
    private final Executor executor;
    private final Place place = new ControlPlace();

    /// @param executor carries out one request per task; must allow for several at once, since some last
    public ControlApi(StackControl stack, Executor executor) {
        this.stack = stack;
        this.executor = executor;
    }

    @Override
    public HeadReading headReading() {
        return ControlSettings.HEAD;
    }

    @Override
    public void refuse(Exchange exchange, int status, String reason) {
        exchange.place(place);
        exchange.response().closeConnection();
        Answer.send(exchange, status, Answer.JSON, Json.message(false, reason));
    }

    @Override
    public void handle(Exchange exchange) {
        exchange.place(place);
        boolean text = Answer.wantsText(exchange);
        switch (ControlRequest.parse(exchange.head().method(), exchange.path(), exchange.query())) {
            case ControlRequest.Status() -> later(exchange, () -> status(text));
            case ControlRequest.Explain explain -> later(exchange, () -> explained(explain, text));
            case ControlRequest.Perform(var command) -> later(exchange, () -> outcome(stack.perform(command), text));
            case ControlRequest.Logs logs -> LogStream.start(exchange, stack, executor, logs, text);
            case ControlRequest.Refused(int status, String message) ->
                Answer.send(exchange, status, text ? Answer.TEXT : Answer.JSON, said(false, message, text));
        }
    }

    private Ready status(boolean text) {
        StackStatus status = stack.status();
        return text
                ? new Ready(200, Answer.TEXT, StatusText.render(status))
                : new Ready(200, Answer.JSON, Json.status(status));
    }

    /// The explanation is the whole answer: it is JSON itself where that is asked for.
    private Ready explained(ControlRequest.Explain asked, boolean text) {
        Outcome outcome = stack.explain(new Question(asked.method(), asked.url(), asked.fields(), asked.from(), text));
        return new Ready(outcome.succeeded() ? 200 : 409, text ? Answer.TEXT : Answer.JSON, outcome.message());
    }

    /// Done is 200; a command that failed is 409, because the stack is as it was; an unknown unit is 404.
    private static Ready outcome(Outcome outcome, boolean text) {
        int status = switch (outcome) {
            case Outcome.Done done -> 200;
            case Outcome.Failed failed -> 409;
            case Outcome.Unknown unknown -> 404;
        };
        return new Ready(status, text ? Answer.TEXT : Answer.JSON, said(outcome.succeeded(), outcome.message(), text));
    }

    private static String said(boolean done, String message, boolean text) {
        return text ? message + "\n" : Json.message(done, message);
    }

    /// What is sent once it is known.
    private record Ready(int status, String type, String text) {}

    private void later(Exchange exchange, Supplier<Ready> work) {
        // An exchange is reused when its client is gone; the answer then has nowhere to go.
        Presence presence = Presence.of(exchange);
        Runnable task = () -> {
            Ready ready = guarded(work);
            exchange.loop().execute(() -> {
                if (presence.isThere()) {
                    presence.forget();
                    Answer.send(exchange, ready.status(), ready.type(), ready.text());
                }
            });
        };
        try {
            executor.execute(task);
        } catch (RejectedExecutionException ending) {
            presence.forget();
            Answer.send(exchange, 503, Answer.JSON, Json.message(false, "the stack is being stopped"));
        }
    }

    private static Ready guarded(Supplier<Ready> work) {
        try {
            return work.get();
        } catch (RuntimeException failed) {
            LOG.error("a control request failed", failed);
            return new Ready(500, Answer.JSON, Json.message(false, String.valueOf(failed)));
        }
    }
}
