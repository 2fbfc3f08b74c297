/// Tests of routing: bytes in, bytes out.
@NullMarked
package dev.fairlead.engine.route;

import org.jspecify.annotations.NullMarked;
