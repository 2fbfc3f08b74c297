/// What the processes of a unit are run with: command lines, user, variables, folders, limits, what they see of the
/// machine and where their output goes.
///
/// Promise: immutable values that know no unit. May use [dev.fairlead.source] and nothing else of the model.
@NullMarked
package dev.fairlead.model.service.execution;

import org.jspecify.annotations.NullMarked;
