@NullMarked
package dev.fairlead.cli.control;

import org.jspecify.annotations.NullMarked;
