/// Tests of installing a stack.
@NullMarked
package dev.fairlead.cli.install;

import org.jspecify.annotations.NullMarked;
