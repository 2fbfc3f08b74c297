/// What would become of a request: the way through a stack that does not run, told hop by hop with the line of
/// each decision and the reasons of those that were not taken.
@NullMarked
package dev.fairlead.cli.explain;

import org.jspecify.annotations.NullMarked;
