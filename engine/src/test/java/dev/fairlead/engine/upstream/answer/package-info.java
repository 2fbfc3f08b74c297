/// Heads of answers: what is understood and what is refused.
@NullMarked
package dev.fairlead.engine.upstream.answer;

import org.jspecify.annotations.NullMarked;
