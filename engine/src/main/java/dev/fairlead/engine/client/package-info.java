/// What is known of clients' connections, whichever carrier they belong to: HTTP's or one of bytes that are passed
/// on. Depends on what tells it: sockets, TLS, the PROXY protocol. Knows no carrier.
@NullMarked
package dev.fairlead.engine.client;

import org.jspecify.annotations.NullMarked;
