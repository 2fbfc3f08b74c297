/// Requests that no well-meaning client sends, and what must not come of them: a second request smuggled to an
/// upstream, a hang, a crash, a leak. The requests are rows of `src/test/resources/hostile`.
@NullMarked
package dev.fairlead.conformance.hostile;

import org.jspecify.annotations.NullMarked;
