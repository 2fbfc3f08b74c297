package dev.fairlead.dialect.haproxy.sample;

import java.util.List;

/// A fetch and the converters behind it.
public record Expression(Call fetch, List<Call> converters) {
    public Expression {
        converters = List.copyOf(converters);
    }
}
