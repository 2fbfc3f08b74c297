@NullMarked
package dev.fairlead.cli.lint;

import org.jspecify.annotations.NullMarked;
