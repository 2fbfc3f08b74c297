/// Compiles HAProxy configurations into the model.
///
/// Promise: a frontend becomes listeners that share one virtual host, a backend a named location of every host
/// that can reach it, and every keyword of HAProxy's manual is followed, left aside with a word about it, or
/// refused by name. May use the kit and the model; opens nothing and starts nothing.
@NullMarked
package dev.fairlead.dialect.haproxy;

import org.jspecify.annotations.NullMarked;
