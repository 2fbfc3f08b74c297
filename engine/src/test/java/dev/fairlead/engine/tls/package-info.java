/// What of TLS needs no connection.
@NullMarked
package dev.fairlead.engine.tls;

import org.jspecify.annotations.NullMarked;
