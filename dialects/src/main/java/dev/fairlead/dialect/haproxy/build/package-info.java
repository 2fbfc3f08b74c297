/// Builds the plan: listeners and virtual hosts of frontends, named locations and upstreams of backends. Each kind
/// of line has a room: `bind`, `rule`, `server`, `check`; what they share is in `workshop`.
@NullMarked
package dev.fairlead.dialect.haproxy.build;

import org.jspecify.annotations.NullMarked;
