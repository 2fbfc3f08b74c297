@NullMarked
package dev.fairlead.cli.haproxy;

import org.jspecify.annotations.NullMarked;
