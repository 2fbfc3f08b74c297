package dev.fairlead.engine.text;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import org.jspecify.annotations.Nullable;

/// Sets a variable.
@FunctionalInterface
public interface Setter {
    /// @param value null for none from here on
    void set(Exchange exchange, @Nullable String value);

    /// @param origin where it is set, for problems
    static Setter of(Variable target, Texts texts, Span origin) {
        return switch (target) {
            case Variable.Custom(String name, int slot) ->
                (exchange, value) -> {
                    if (value == null) {
                        exchange.values().unset(slot);
                    } else {
                        exchange.values().slot(slot, value);
                    }
                };
            case Variable.OfConnection(String name, int slot) ->
                (exchange, value) -> exchange.values().keep(slot, value);
            case Variable.OfProcess(String name) -> {
                ProcessVariables.Cell cell = texts.processVariable(name);
                yield (exchange, value) -> cell.value(value);
            }
            case Variable.Builtin(Attribute attribute)
            when attribute == Attribute.QUERY -> (exchange, value) -> exchange.query(value == null ? "" : value);
            case Variable.Builtin(Attribute attribute) when attribute == Attribute.CLIENT_ADDRESS -> Setter::client;
            case Variable.Builtin(Attribute attribute) when attribute == Attribute.CLIENT_PORT -> Setter::clientPort;
            case Variable.Builtin(Attribute attribute) when attribute == Attribute.ASKED_ADDRESS -> Setter::asked;
            case Variable.Builtin(Attribute attribute) when attribute == Attribute.ASKED_PORT -> Setter::askedPort;
            case Variable.Builtin(Attribute attribute) ->
                (exchange, value) -> exchange.values().fact(attribute, value == null ? "" : value);
            case Variable.RequestHeader other -> refused(texts, origin);
            case Variable.ResponseHeader other -> refused(texts, origin);
            case Variable.ResponseTrailer other -> refused(texts, origin);
            case Variable.UpstreamHeader other -> refused(texts, origin);
            case Variable.UpstreamTrailer other -> refused(texts, origin);
            case Variable.UpstreamCookie other -> refused(texts, origin);
            case Variable.Cookie other -> refused(texts, origin);
            case Variable.QueryArgument other -> refused(texts, origin);
            case Variable.Capture other -> refused(texts, origin);
            case Variable.Lookup other -> refused(texts, origin);
            case Variable.FieldMember other -> refused(texts, origin);
            case Variable.FieldLine other -> refused(texts, origin);
            case Variable.FieldCount other -> refused(texts, origin);
            case Variable.FieldNames other -> refused(texts, origin);
            case Variable.FieldText other -> refused(texts, origin);
            case Variable.Composed other -> refused(texts, origin);
            case Variable.Converted other -> refused(texts, origin);
            case Variable.TableNumber other -> refused(texts, origin);
            case Variable.TableNumberAfter other -> refused(texts, origin);
            case Variable.TableEntries other -> refused(texts, origin);
            case Variable.RandomNumber other -> refused(texts, origin);
            case Variable.Answer other -> refused(texts, origin);
            case Variable.OfUpstream other -> refused(texts, origin);
            case Variable.OfServer other -> refused(texts, origin);
            case Variable.OfFront other -> refused(texts, origin);
        };
    }

    /// From here on the client is at that address; what is none changes nothing.
    private static void client(Exchange exchange, @Nullable String value) {
        Addresses.parse(value == null ? "" : value)
                .ifPresent(address ->
                        exchange.client(Peer.of(address, exchange.client().port())));
    }

    private static void clientPort(Exchange exchange, @Nullable String value) {
        if (value != null && value.matches("\\d{1,5}")) {
            exchange.client(Peer.of(exchange.client().address(), Integer.parseInt(value)));
        }
    }

    private static void asked(Exchange exchange, @Nullable String value) {
        Addresses.parse(value == null ? "" : value)
                .ifPresent(address -> exchange.values().fact(Attribute.ASKED_ADDRESS, Addresses.text(address)));
    }

    private static void askedPort(Exchange exchange, @Nullable String value) {
        if (value != null && value.matches("\\d{1,5}")) {
            exchange.values().fact(Attribute.ASKED_PORT, value);
        }
    }

    private static Setter refused(Texts texts, Span origin) {
        texts.problems().error("engine.assign", origin, "the variable cannot be set");
        return (exchange, value) -> {};
    }
}
