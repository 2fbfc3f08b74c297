/// What a configuration has said so far, level by level, while it is being read.
///
/// Promise: a setting is in force where it was made and below, until a lower level makes it anew, exactly as
/// nginx merges its configurations. Mutable, used by one reader, gone once the plan is built.
@NullMarked
package dev.fairlead.dialect.nginx.scope;

import org.jspecify.annotations.NullMarked;
