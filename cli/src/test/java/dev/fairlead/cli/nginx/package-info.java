@NullMarked
package dev.fairlead.cli.nginx;

import org.jspecify.annotations.NullMarked;
