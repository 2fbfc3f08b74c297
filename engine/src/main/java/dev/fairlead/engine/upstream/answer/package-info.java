/// What servers answer: reading its head and body from the wire, and the rules that rewrite it.
///
/// Promise: reading refuses what can be read two ways (RFC 9112, section 6.3). Knows neither servers nor how one
/// was chosen.
@NullMarked
package dev.fairlead.engine.upstream.answer;

import org.jspecify.annotations.NullMarked;
