/// Tests of reading Pound configurations.
@NullMarked
package dev.fairlead.dialect.pound;

import org.jspecify.annotations.NullMarked;
