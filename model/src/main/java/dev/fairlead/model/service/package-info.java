/// What processes shall run: services and the targets that group them, as immutable values.
///
/// Promise: no I/O, no threads, no dialect names. Everything an operator wrote carries its
/// [dev.fairlead.source.Span]. Durations are exact; an empty [java.util.Optional] limit means "no limit".
@NullMarked
package dev.fairlead.model.service;

import org.jspecify.annotations.NullMarked;
