/// What can be seen of a request while it finds its way, for whoever is to explain it. The parts of the engine
/// that decide something tell the tracer of the exchange; where there is none, as for all requests of clients,
/// they ask for it and go on: nothing is made, nothing is kept.
@NullMarked
package dev.fairlead.engine.trace;

import org.jspecify.annotations.NullMarked;
