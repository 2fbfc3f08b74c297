package dev.fairlead.engine.http;

import io.netty.buffer.ByteBuf;

/// Drops the body of an answer that a filter refused, and answers with the error once its handler has ended it.
final class Refused implements BodyOutput {
    private final Exchange exchange;
    private final int status;

    Refused(Exchange exchange, int status) {
        this.exchange = exchange;
        this.status = status;
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
        exchange.fail(status);
    }

    @Override
    public void flush() {}
}
