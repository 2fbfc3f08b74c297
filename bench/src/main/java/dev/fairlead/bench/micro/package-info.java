/// Benchmarks of single parts, with JMH: nanoseconds and bytes allocated for each operation. Those of parts
/// that their package keeps to itself stand in a package of the same name in this module.
@NullMarked
package dev.fairlead.bench.micro;

import org.jspecify.annotations.NullMarked;
