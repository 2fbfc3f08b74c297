@NullMarked
package dev.fairlead.cli.daemon;

import org.jspecify.annotations.NullMarked;
