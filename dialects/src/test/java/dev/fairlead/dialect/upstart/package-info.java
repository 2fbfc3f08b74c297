/// Upstart jobs: what they become, what is said of broken ones, and the page that tells of the stanzas.
@NullMarked
package dev.fairlead.dialect.upstart;

import org.jspecify.annotations.NullMarked;
