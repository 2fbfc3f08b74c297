package dev.fairlead.engine.handler;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.OpenFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;

/// Passes a file's content piece by piece to an output that looks at it, no faster than the client takes it, and
/// leaves the event loop to others after a few pieces.
final class FilePump implements Runnable {
    private static final int PIECE = 32 << 10;
    private static final int PIECES_AT_A_TIME = 8;

    private final Exchange exchange;
    private final OpenFile file;
    private long position;
    private boolean isOver;
    private boolean isScheduled;

    /// @param file a reference to it belongs to the pump
    private FilePump(Exchange exchange, OpenFile file) {
        this.exchange = exchange;
        this.file = file;
    }

    static void start(Exchange exchange, OpenFile file) {
        FilePump pump = new FilePump(exchange, file);
        exchange.onWritable(pump::pass);
        exchange.onClientGone(pump::stop);
        pump.pass();
    }

    /// The loop's turn.
    @Override
    public void run() {
        isScheduled = false;
        pass();
    }

    private void pass() {
        try {
            for (int i = 0; i < PIECES_AT_A_TIME && !isOver && exchange.isWritable(); i++) {
                passPiece();
            }
        } catch (IOException failed) {
            stop();
            exchange.carrier().abort();
        }
        if (!isOver && !isScheduled && exchange.isWritable()) {
            isScheduled = true;
            exchange.loop().execute(this);
        }
    }

    private void passPiece() throws IOException {
        int wanted = (int) Math.min(PIECE, file.size() - position);
        ByteBuf piece = ByteBufAllocator.DEFAULT.directBuffer(wanted);
        int count;
        try {
            count = piece.writeBytes(file.channel(), position, wanted);
        } catch (IOException failed) {
            piece.release();
            throw failed;
        }
        if (count <= 0) {
            piece.release();
            throw new IOException("the file became shorter");
        }
        position += count;
        exchange.output().data(piece);
        if (position == file.size()) {
            stop();
            exchange.end();
        } else {
            exchange.carrier().flush();
        }
    }

    private void stop() {
        if (!isOver) {
            isOver = true;
            exchange.onWritable(null);
            exchange.onClientGone(null);
            file.release();
        }
    }
}
