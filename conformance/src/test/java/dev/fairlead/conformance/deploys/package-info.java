/// What users of an application notice of its deploys: nothing, whether the new code is good or bad.
@NullMarked
package dev.fairlead.conformance.deploys;

import org.jspecify.annotations.NullMarked;
