@NullMarked
package dev.fairlead.cli.explain;

import org.jspecify.annotations.NullMarked;
