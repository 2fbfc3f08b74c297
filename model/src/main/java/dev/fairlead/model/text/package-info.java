/// What is worked out for each request or connection: texts with variables in them, the variables and what they
/// read, conditions, conversions, tables that values are looked up in, expressions, and the counters of stick
/// tables. Immutable values.
///
/// Promise: knows neither rules nor places; who asks, and when, is for [dev.fairlead.model.http] and
/// [dev.fairlead.model.stream] to say. May use [dev.fairlead.model.net]. A variable without a value is a case of
/// its own and said where it matters.
@NullMarked
package dev.fairlead.model.text;

import org.jspecify.annotations.NullMarked;
