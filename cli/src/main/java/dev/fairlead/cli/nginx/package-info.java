/// The nginx personality: the arguments, signals, exit codes and messages of the program people already operate.
@NullMarked
package dev.fairlead.cli.nginx;

import org.jspecify.annotations.NullMarked;
