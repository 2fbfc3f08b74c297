/// What values make of what a client sends.
@NullMarked
package dev.fairlead.engine.text.value;

import org.jspecify.annotations.NullMarked;
