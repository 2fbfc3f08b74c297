package dev.fairlead.admin;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.ExchangeEntry;
import dev.fairlead.engine.http.Place;
import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.control.Question;
import dev.fairlead.model.http.HeadReading;
import dev.fairlead.model.status.StackStatus;
import java.util.concurrent.Executor;

/// Answers the requests of [ControlRequest]. What takes time is done by the given executor; event loops only
/// write.
public final class ControlApi implements ExchangeEntry {
    private final StackControl stack;
    private final Executor executor;
    private final Later later;
    private final Place place = new ControlPlace();

    /// @param executor carries out one request per task; must allow for several at once, since some last
    public ControlApi(StackControl stack, Executor executor) {
        this.stack = stack;
        this.executor = executor;
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
        switch (ControlRequest.parse(exchange.head().method(), exchange.path(), exchange.query())) {
            case ControlRequest.Status() -> later.answer(exchange, () -> status(text));
            case ControlRequest.Units() ->
                later.answer(exchange, () -> new Ready(200, Answer.JSON, Json.units(stack.unitViews())));
            case ControlRequest.Manager() ->
                later.answer(exchange, () -> new Ready(200, Answer.JSON, Json.manager(stack.manager())));
            case ControlRequest.Explain explain -> later.answer(exchange, () -> explained(explain, text));
            case ControlRequest.Perform(var command) ->
                later.answer(exchange, () -> outcome(stack.perform(command), text));
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
        Outcome outcome = stack.explain(
                new Question(asked.method(), asked.url(), asked.fields(), asked.from(), asked.isOld(), text));
        return new Ready(outcome.succeeded() ? 200 : 409, text ? Answer.TEXT : Answer.JSON, outcome.message());
    }

    /// Done is 200; a command that failed is 409, because the stack is as it was; one that was not even begun is
    /// 422; an unknown unit is 404.
    private static Ready outcome(Outcome outcome, boolean text) {
        int status = switch (outcome) {
            case Outcome.Done done -> 200;
            case Outcome.Failed failed -> 409;
            case Outcome.Refused refused -> 422;
            case Outcome.Unknown unknown -> 404;
        };
        return new Ready(status, text ? Answer.TEXT : Answer.JSON, said(outcome.succeeded(), outcome.message(), text));
    }

    private static String said(boolean done, String message, boolean text) {
        return text ? message + "\n" : Json.message(done, message);
    }
}
