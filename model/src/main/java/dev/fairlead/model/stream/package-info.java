/// What shall happen to connections whose bytes are passed on as they are, whatever protocol they carry. Values
/// only; TLS and the PROXY protocol are all that is looked into.
@NullMarked
package dev.fairlead.model.stream;

import org.jspecify.annotations.NullMarked;
