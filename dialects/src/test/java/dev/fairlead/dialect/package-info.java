/// Claims about the kit.
@NullMarked
package dev.fairlead.dialect;

import org.jspecify.annotations.NullMarked;
