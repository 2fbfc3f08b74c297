/// What a program leaves to the one that goes on in its place, in the same process: words, numbers and open
/// descriptors, part by part. Knows nothing of who uses it.
@NullMarked
package dev.fairlead.process.baton;

import org.jspecify.annotations.NullMarked;
