package dev.fairlead.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits for whoever started this to say that it is enough.
final class Waiting {
    private Waiting() {}

    /// @param seconds at most; 0 for as long as it takes
    static void untilEndOf(InputStream input, double seconds) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("input").start(() -> {
            try {
                input.transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException gone) {
                // The same as its end.
            }
            ended.countDown();
        });
        if (seconds > 0) {
            ended.await((long) (seconds * 1e9), TimeUnit.NANOSECONDS);
        } else {
            ended.await();
        }
    }
}
