/// What processes shall run: services and the targets that group them, as immutable values. Here are the kinds of
/// units, what each of them says about others and about being started, and the set of all units of a stack. What
/// they run with is in `execution`, how they start and end in `lifecycle`, the parts of sockets in `socket` and of
/// timers in `timer`; none of these knows a unit.
///
/// Promise: no I/O, no threads, no dialect names. Everything an operator wrote carries its
/// [dev.fairlead.source.Span]. Durations are exact; an empty [java.util.Optional] limit means "no limit".
@NullMarked
package dev.fairlead.model.service;

import org.jspecify.annotations.NullMarked;
