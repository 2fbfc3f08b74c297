/// Connections, whatever they carry: who is at either end, what a client's has to bring before it begins, which
/// ones are open, and how many there were.
///
/// Promise: knows neither requests nor what is passed on; HTTP and streams share it. May use the model.
@NullMarked
package dev.fairlead.engine.connection;

import org.jspecify.annotations.NullMarked;
