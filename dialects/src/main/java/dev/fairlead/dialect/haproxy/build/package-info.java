/// Builds the plan: listeners and virtual hosts of frontends, named locations and upstreams of backends.
@NullMarked
package dev.fairlead.dialect.haproxy.build;

import org.jspecify.annotations.NullMarked;
