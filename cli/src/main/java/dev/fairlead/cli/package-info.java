/// The only composition root: commands and personalities. Dispatches before anything heavy is loaded.
@NullMarked
package dev.fairlead.cli;

import org.jspecify.annotations.NullMarked;
