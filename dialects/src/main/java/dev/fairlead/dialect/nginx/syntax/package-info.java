/// nginx's grammar: words, statements and blocks, each with its place. Knows no directive.
///
/// Promise: the same words that nginx's reader yields, including quoting and escapes. What it cannot read
/// becomes a [dev.fairlead.dialect.nginx.syntax.Fault] at its place among the statements, so that problems keep
/// nginx's order.
@NullMarked
package dev.fairlead.dialect.nginx.syntax;

import org.jspecify.annotations.NullMarked;
