/// Compiles Pound configurations into the model. Which directives there are is in `table`.
///
/// Promise: a listener becomes a listener with one virtual host, a service a named location of every host that
/// can reach it, and every directive of Pound's manual (2.x and 4.x) is followed, left aside with a word about
/// it, or refused by name. May use the kit and the model; opens nothing and starts nothing.
@NullMarked
package dev.fairlead.dialect.pound;

import org.jspecify.annotations.NullMarked;
