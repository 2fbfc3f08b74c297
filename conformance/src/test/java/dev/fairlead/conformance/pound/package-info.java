/// Pound's configurations and what a client and the servers see of them.
///
/// Cases are text files in `src/test/resources/pound`, each with its expectations: Pound's manual is what they
/// are taken from.
@NullMarked
package dev.fairlead.conformance.pound;

import org.jspecify.annotations.NullMarked;
