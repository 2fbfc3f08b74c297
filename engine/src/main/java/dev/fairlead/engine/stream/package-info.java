/// Connections that are passed on byte by byte: from a listener, through TLS and the PROXY protocol on either
/// side, to a server of an upstream. A connection stays on one event loop and with the plan it began under.
@NullMarked
package dev.fairlead.engine.stream;

import org.jspecify.annotations.NullMarked;
