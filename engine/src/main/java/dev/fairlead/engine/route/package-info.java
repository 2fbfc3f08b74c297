/// Who answers a request: virtual host, rules, location, limits, access, content; and what is answered when
/// something fails. The one implementation of routing: whatever explains routes looks at this one.
///
/// Finding a virtual host and a location allocates nothing and does not slow down with their number, except for
/// regular expressions, which are tried in order because that is what they mean.
@NullMarked
package dev.fairlead.engine.route;

import org.jspecify.annotations.NullMarked;
