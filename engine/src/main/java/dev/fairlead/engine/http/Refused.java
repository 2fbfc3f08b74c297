package dev.fairlead.engine.http;

import dev.fairlead.engine.http.field.Fields;
import io.netty.buffer.ByteBuf;

/// Drops the body of an answer that a filter refused, and gives the other answer once its handler has ended it.
final class Refused implements BodyOutput {
    private final Exchange exchange;
    private final ContentHandler instead;

    Refused(Exchange exchange, ContentHandler instead) {
        this.exchange = exchange;
        this.instead = instead;
    }

    @Override
    public void data(ByteBuf data) {
        data.release();
    }

    @Override
    public void file(OpenFile file, long offset, long length) {
        file.release();
    }

    @Override
    public void end(Fields trailers) {
        exchange.answerInstead(instead);
    }

    @Override
    public void flush() {}
}
