/// Where text came from and what is wrong with it.
///
/// Promise: every value read from a file keeps its [Span]; every problem is a [Diagnostic] that shows its line.
/// Depends on the JDK alone. Problems are collected in [Problems] and shown together, never thrown one by one.
@NullMarked
package dev.fairlead.source;

import org.jspecify.annotations.NullMarked;
