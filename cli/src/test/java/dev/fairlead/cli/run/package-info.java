@NullMarked
package dev.fairlead.cli.run;

import org.jspecify.annotations.NullMarked;
