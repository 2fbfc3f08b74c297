/// Requests that are answered by an application's workers: which worker gets a request and which requests wait,
/// the frames to and from it, and what the client gets when a worker is late or ends. What a request looks like to
/// the application is written in `environ`.
@NullMarked
package dev.fairlead.engine.app;

import org.jspecify.annotations.NullMarked;
