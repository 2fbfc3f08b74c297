/// How a server is reached: its names and addresses, TLS towards it, our own address, and what to say when it
/// cannot be.
///
/// May use `server` and `balance`; what sends a request is above it.
@NullMarked
package dev.fairlead.engine.upstream.dial;

import org.jspecify.annotations.NullMarked;
