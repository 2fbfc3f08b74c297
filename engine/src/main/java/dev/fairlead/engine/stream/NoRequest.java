package dev.fairlead.engine.stream;

import dev.fairlead.engine.http.Carrier;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.OpenFile;
import dev.fairlead.engine.http.Tunnel;
import dev.fairlead.engine.http.field.Fields;
import io.netty.buffer.ByteBuf;

/// Stands where an exchange has a request and its carrier. Texts and conditions of connections ask for neither.
final class NoRequest implements Carrier {
    private static IllegalStateException none() {
        return new IllegalStateException("a connection without requests");
    }

    @Override
    public void head(Exchange exchange) {
        throw none();
    }

    @Override
    public void interim(int status, Fields fields) {
        throw none();
    }

    @Override
    public boolean isWritable() {
        return false;
    }

    @Override
    public void abort() {
        throw none();
    }

    @Override
    public Raw tunnel(Exchange exchange, Tunnel tunnel) {
        throw none();
    }

    @Override
    public void data(ByteBuf data) {
        throw none();
    }

    @Override
    public void file(OpenFile file, long offset, long length) {
        throw none();
    }

    @Override
    public void end(Fields trailers) {
        throw none();
    }

    @Override
    public void flush() {
        throw none();
    }
}
