package dev.fairlead.engine.app;

import dev.fairlead.engine.app.environ.RequestBounds;
import dev.fairlead.engine.app.environ.RequestEncoder;
import dev.fairlead.model.app.Application;
import dev.fairlead.model.app.WorkerKind;

/// What a place knows of the application it runs.
///
/// @param takesWholeBody whether a request is sent only when its body is here: a worker of few requests at a time
///     must not wait for a client
/// @param timeoutNanos how long a worker may be silent on a request; 0 for no limit
record ApplicationRules(
        Application application,
        ApplicationPool pool,
        RequestEncoder encoder,
        RequestBounds bounds,
        boolean takesWholeBody,
        long timeoutNanos,
        long waitNanos) {
    static ApplicationRules of(Application application, ApplicationPool pool) {
        WorkerKind kind = application.kind();
        return new ApplicationRules(
                application,
                pool,
                RequestEncoder.of(application),
                new RequestBounds(application.requests().limits()),
                kind == WorkerKind.SYNC || kind == WorkerKind.THREADS,
                // Other kinds run many at once, and a long one, such as a long poll, holds up nobody.
                kind == WorkerKind.SYNC ? application.timeouts().request().toNanos() : 0,
                application.waiting().timeout().toNanos());
    }
}
