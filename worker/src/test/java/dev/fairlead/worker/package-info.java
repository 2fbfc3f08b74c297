/// What traffic, master and workers say to each other.
@NullMarked
package dev.fairlead.worker;

import org.jspecify.annotations.NullMarked;
