/// Fields of messages: what goes in and what comes out.
@NullMarked
package dev.fairlead.engine.http.field;

import org.jspecify.annotations.NullMarked;
