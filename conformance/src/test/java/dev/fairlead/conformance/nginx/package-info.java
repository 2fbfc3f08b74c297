/// The same configuration and the same bytes given to the real nginx and to Fairlead, and what a client and the
/// upstreams see of each compared.
///
/// Cases are text files in `src/test/resources/nginx`; their format is told in
/// [dev.fairlead.conformance.cases.CaseFile]. Differences that are meant to stay are named in
/// [AllowedDifference], and nowhere else.
@NullMarked
package dev.fairlead.conformance.nginx;

import org.jspecify.annotations.NullMarked;
