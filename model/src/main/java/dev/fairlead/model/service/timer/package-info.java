/// When a timer elapses: after so long a time, or at points of a calendar, and the search for the next of them.
///
/// Promise: pure; the time that counts as the present is told. Knows no unit.
@NullMarked
package dev.fairlead.model.service.timer;

import org.jspecify.annotations.NullMarked;
