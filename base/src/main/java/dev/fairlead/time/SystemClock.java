package dev.fairlead.time;

enum SystemClock implements Clock {
    INSTANCE;

    @Override
    @AllowForbidden("this is the one place that reads the machine's clock")
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }
}
