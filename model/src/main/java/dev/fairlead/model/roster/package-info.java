/// Under which names operators know parts of the traffic, what is counted for each, and where they may ask.
@NullMarked
package dev.fairlead.model.roster;

import org.jspecify.annotations.NullMarked;
