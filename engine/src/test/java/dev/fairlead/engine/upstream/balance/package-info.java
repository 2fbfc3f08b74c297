/// Choices among servers, and what binds clients to them.
@NullMarked
package dev.fairlead.engine.upstream.balance;

import org.jspecify.annotations.NullMarked;
