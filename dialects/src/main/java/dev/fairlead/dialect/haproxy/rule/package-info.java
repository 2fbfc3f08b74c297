/// Conditions and rules: what lines of a proxy ask of a request and do to it, as values of the model.
@NullMarked
package dev.fairlead.dialect.haproxy.rule;

import org.jspecify.annotations.NullMarked;
