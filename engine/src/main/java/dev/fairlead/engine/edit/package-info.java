/// Changes of the header fields of requests and responses, as rules ask for them.
@NullMarked
package dev.fairlead.engine.edit;

import org.jspecify.annotations.NullMarked;
