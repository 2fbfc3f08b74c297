/// Scripted servers behind a real carrier: what they get to see, and what the client does.
@NullMarked
package dev.fairlead.engine.upstream;

import org.jspecify.annotations.NullMarked;
