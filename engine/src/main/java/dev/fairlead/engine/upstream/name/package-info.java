/// Servers whose addresses change: name servers are asked again and again, and what they say is put into the states
/// of servers, or told to requests that wait for them. What comes from the network is not believed before it is
/// checked.
///
/// May use `server`; what sends a request is above it.
@NullMarked
package dev.fairlead.engine.upstream.name;

import org.jspecify.annotations.NullMarked;
