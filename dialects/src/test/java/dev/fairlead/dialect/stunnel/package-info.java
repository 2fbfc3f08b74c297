/// stunnel's configurations: what they become, what is said of broken ones, and the page that tells of the
/// options.
@NullMarked
package dev.fairlead.dialect.stunnel;

import org.jspecify.annotations.NullMarked;
