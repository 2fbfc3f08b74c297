@NullMarked
package dev.fairlead.worker;

import org.jspecify.annotations.NullMarked;
