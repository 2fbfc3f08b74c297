package dev.fairlead.model.http;

import dev.fairlead.model.text.Change;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Counter;
import dev.fairlead.model.text.CounterPlace;
import dev.fairlead.model.text.StickTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.List;

/// A step of what happens to the head of a response before it is sent. Steps run in order.
public sealed interface ResponseRule {
    Span origin();

    record EditField(FieldEdit edit, Span origin) implements ResponseRule {}

    /// @param reason the phrase behind the status; empty for the usual one
    record SetStatus(int status, String reason, Span origin) implements ResponseRule {}

    /// @param target a variable that can be set
    record Assign(Variable target, Template value, Span origin) implements ResponseRule {}

    /// The variable has no value from here on.
    record Clear(Variable target, Span origin) implements ResponseRule {}

    /// Changes a counter of a stick table.
    record Count(CounterPlace place, Counter counter, Change change, Span origin) implements ResponseRule {}

    /// Counts the request on an entry of a table from here on, until it is over, see [Rule.Track].
    record Track(int slot, StickTable table, Template key, Span origin) implements ResponseRule {}

    /// Changes lists and maps for all requests that come.
    record ChangeList(ListChange change, Span origin) implements ResponseRule {}

    /// Throws the response away and answers with this.
    record Respond(Rule.Respond answer, Span origin) implements ResponseRule {}

    /// Throws the response away and answers with the page of an error.
    record Refuse(int status, Span origin) implements ResponseRule {}

    /// No further step of this list.
    record Stop(Span origin) implements ResponseRule {}

    record When(Condition condition, List<ResponseRule> then, Span origin) implements ResponseRule {}
}
