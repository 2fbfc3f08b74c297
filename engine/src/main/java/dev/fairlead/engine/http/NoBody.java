package dev.fairlead.engine.http;

/// The body of a request to which nothing comes any more. Knows nothing of its exchange, so that one does for all.
public final class NoBody implements RequestBody {
    /// There was none.
    public static final NoBody HERE = new NoBody(false);

    /// It was taken in already, and is what the exchange keeps.
    static final NoBody TAKEN = new NoBody(true);

    private final boolean isExpected;

    private NoBody(boolean isExpected) {
        this.isExpected = isExpected;
    }

    @Override
    public boolean isExpected() {
        return isExpected;
    }

    @Override
    public void read(Receiver receiver) {
        throw new IllegalStateException(isExpected ? "the body was taken in" : "there is no body");
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public long received() {
        return 0;
    }
}
