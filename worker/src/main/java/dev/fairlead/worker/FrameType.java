package dev.fairlead.worker;

/// The kinds of frames between traffic and a worker. Every frame begins with eight bytes, little-endian: the length
/// of what follows these eight (4 bytes), the kind (1 byte), the request's number on this connection (3 bytes).
/// See docs/worker-protocol.md for what each carries.
public enum FrameType {
    /// To a worker: a request.
    REQUEST(1),
    /// To a worker: a piece of the request body that it asked for; more follow when it asks.
    BODY(2),
    /// To a worker: the last piece of the request body; may be empty.
    BODY_END(3),
    /// To a worker: the client is gone before the request body was complete.
    BODY_BROKEN(4),
    /// To a worker: it may send this many more bytes of the response body.
    CREDIT(5),
    /// To a worker: nobody wants the answer any more.
    CANCEL(6),
    /// To a worker: the file was opened; its descriptor is no longer needed.
    FILE_TAKEN(7),
    /// To a worker: the file cannot be opened here; it sends the content itself.
    FILE_REFUSED(8),

    /// From a worker, first on a connection: who it is.
    HELLO(32),
    /// From a worker: a whole response.
    RESPONSE(33),
    /// From a worker: the head of a response whose body follows.
    HEAD(34),
    /// From a worker: a piece of the response body.
    DATA(35),
    /// From a worker: the response is complete.
    END(36),
    /// From a worker: the response cannot be completed.
    BROKEN(37),
    /// From a worker: it wants more of the request body.
    READ(38),
    /// From a worker: an interim response (1xx).
    INTERIM(39),
    /// From a worker: a stretch of an open file as a piece of the response body.
    FILE(40),
    /// From a worker, first on a connection of its own: this connection is the raw tunnel of a request.
    TUNNEL(41);

    /// Bytes in front of every frame's payload.
    public static final int HEADER_BYTES = 8;

    /// The greatest request number; they are used in turn.
    public static final int MAX_REQUEST = 0xFF_FFFF;

    private final int code;

    FrameType(int code) {
        this.code = code;
    }

    /// The byte on the wire.
    public int code() {
        return code;
    }
}
