/// From files on disk to a stack that can run: what each file is, what all of them together say, and what is
/// wrong.
///
/// Reads files and nothing else. What runs is made of this in `dev.fairlead.cli.run`.
@NullMarked
package dev.fairlead.cli.stack;

import org.jspecify.annotations.NullMarked;
