/// Requests on their way to workers and back: bytes in, bytes out, against scripted workers and the real
/// interpreter.
@NullMarked
package dev.fairlead.engine.app;

import org.jspecify.annotations.NullMarked;
