/// Templates, variables, lookup tables and regular expressions of a plan, compiled into what evaluates them for a
/// request. What is known of every exchange anyway is in `value`, which knows nothing of this. Depends on the
/// exchange and the model only.
///
/// A value that is not there is `null` inside this package and for logs, and the empty text everywhere else.
@NullMarked
package dev.fairlead.engine.text;

import org.jspecify.annotations.NullMarked;
