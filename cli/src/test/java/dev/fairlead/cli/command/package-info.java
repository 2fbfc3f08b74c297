@NullMarked
package dev.fairlead.cli.command;

import org.jspecify.annotations.NullMarked;
