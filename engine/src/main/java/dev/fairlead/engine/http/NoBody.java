package dev.fairlead.engine.http;

/// The body of a request that has none, and to which none can come.
public final class NoBody implements RequestBody {
    /// Knows nothing of its exchange, so that one does for all.
    public static final NoBody HERE = new NoBody();

    private NoBody() {}

    @Override
    public boolean isExpected() {
        return false;
    }

    @Override
    public void read(Receiver receiver) {
        throw new IllegalStateException("there is no body");
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
