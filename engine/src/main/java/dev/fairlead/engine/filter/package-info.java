/// What happens to a response between the handler that gives it and the carrier that sends it: conditions,
/// expiry, added fields, charset, compression, ranges; always in that order.
@NullMarked
package dev.fairlead.engine.filter;

import org.jspecify.annotations.NullMarked;
