/// What the conditions of units ask about: this machine, its kernel, files and paths.
///
/// Promise: changes nothing, and every question is answered anew.
@NullMarked
package dev.fairlead.process.supervisor.condition;

import org.jspecify.annotations.NullMarked;
