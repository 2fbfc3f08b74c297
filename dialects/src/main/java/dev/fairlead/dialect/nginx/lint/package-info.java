/// What nginx accepts and rarely does what was meant: rules over the statements of a configuration, each with
/// an id, a page in docs/lint, and a fix where one is safe.
///
/// Promise: a rule looks only; configurations it is shown have no errors.
@NullMarked
package dev.fairlead.dialect.nginx.lint;

import org.jspecify.annotations.NullMarked;
