/// A folder's files or a Python application without any configuration: writes the configuration that says so.
@NullMarked
package dev.fairlead.cli.serve;

import org.jspecify.annotations.NullMarked;
