/// Tests of texts, expressions and lookups.
@NullMarked
package dev.fairlead.engine.text;

import org.jspecify.annotations.NullMarked;
