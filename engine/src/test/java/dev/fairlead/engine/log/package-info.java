/// Tests of logs.
@NullMarked
package dev.fairlead.engine.log;

import org.jspecify.annotations.NullMarked;
