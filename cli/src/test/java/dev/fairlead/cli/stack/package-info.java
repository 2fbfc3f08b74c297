@NullMarked
package dev.fairlead.cli.stack;

import org.jspecify.annotations.NullMarked;
