/// The same stunnel configurations run by Debian's stunnel and by Fairlead: what clients and servers see has to
/// be the same.
@NullMarked
package dev.fairlead.conformance.stunnel;

import org.jspecify.annotations.NullMarked;
