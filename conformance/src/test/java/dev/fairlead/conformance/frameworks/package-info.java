/// Applications written with the frameworks people use, unmodified, in workers of every kind that fits them.
@NullMarked
package dev.fairlead.conformance.frameworks;

import org.jspecify.annotations.NullMarked;
