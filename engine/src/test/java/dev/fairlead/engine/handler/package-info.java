/// Files over the wire, through router, filters and carrier.
@NullMarked
package dev.fairlead.engine.handler;

import org.jspecify.annotations.NullMarked;
