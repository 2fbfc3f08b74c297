/// What the parts of the engine need while a plan is compiled into what runs: texts, problems, and what
/// outlives a generation.
@NullMarked
package dev.fairlead.engine.compile;

import org.jspecify.annotations.NullMarked;
