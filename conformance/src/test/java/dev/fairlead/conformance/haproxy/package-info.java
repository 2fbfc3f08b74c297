/// The same configuration and the same bytes given to the real HAProxy and to Fairlead, and what a client and the
/// servers see of each compared.
///
/// Cases are text files in `src/test/resources/haproxy`. Differences that are meant to stay are named in
/// [AllowedDifference], and nowhere else.
@NullMarked
package dev.fairlead.conformance.haproxy;

import org.jspecify.annotations.NullMarked;
