/// What HAProxy accepts and rarely does what was meant: rules over the sections of a configuration, each with an
/// id, a page in docs/lint, and a fix where one is safe. What can be seen in the plan that comes of it is not
/// looked at here: there one rule does for all dialects.
///
/// Promise: a rule looks only; configurations it is shown have no errors.
@NullMarked
package dev.fairlead.dialect.haproxy.lint;

import org.jspecify.annotations.NullMarked;
