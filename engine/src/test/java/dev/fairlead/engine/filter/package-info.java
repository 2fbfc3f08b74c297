/// The parts of filters that are functions.
@NullMarked
package dev.fairlead.engine.filter;

import org.jspecify.annotations.NullMarked;
