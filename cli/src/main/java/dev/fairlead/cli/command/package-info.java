/// The `fairlead` command and its subcommands: options in, exit status out. What they do is done elsewhere.
@NullMarked
package dev.fairlead.cli.command;

import org.jspecify.annotations.NullMarked;
