package dev.fairlead.engine.filter;

import dev.fairlead.engine.http.BodyOutput;
import dev.fairlead.engine.http.field.Fields;

/// An output in front of another. What it does not change goes on as it is.
interface PassingOutput extends BodyOutput {
    BodyOutput next();

    @Override
    default boolean wantsMemory() {
        return next().wantsMemory();
    }

    @Override
    default void end(Fields trailers) {
        next().end(trailers);
    }

    @Override
    default void flush() {
        next().flush();
    }

    @Override
    default void release() {
        next().release();
    }
}
