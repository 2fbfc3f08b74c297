/// Command lines as GNU's getopt_long reads them, for the programs whose arguments are taken over.
@NullMarked
package dev.fairlead.cli.option;

import org.jspecify.annotations.NullMarked;
