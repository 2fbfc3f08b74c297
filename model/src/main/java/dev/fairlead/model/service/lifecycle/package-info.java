/// The stations of a service's life: when it counts as started, how long each step may take, how its processes are
/// ended, which endings are good ones, and whether it is started again.
///
/// Promise: immutable values that know no unit. Nothing here acts; who goes by it are the state tables of
/// the supervisor.
@NullMarked
package dev.fairlead.model.service.lifecycle;

import org.jspecify.annotations.NullMarked;
