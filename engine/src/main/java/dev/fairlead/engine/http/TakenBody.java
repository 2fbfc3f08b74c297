package dev.fairlead.engine.http;

/// The body of a request that was taken in already: it is what the exchange keeps, and nothing comes any more.
final class TakenBody implements RequestBody {
    /// Knows nothing of its exchange, so that one does for all.
    static final TakenBody HERE = new TakenBody();

    private TakenBody() {}

    @Override
    public boolean isExpected() {
        return true;
    }

    @Override
    public void read(Receiver receiver) {
        throw new IllegalStateException("the body was taken in");
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
