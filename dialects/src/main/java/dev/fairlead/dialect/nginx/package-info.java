/// nginx's configuration language, compiled to a plan.
///
/// Promise: what nginx accepts is accepted and means the same; what it refuses is refused in its words, with a
/// hint; what Fairlead does not do is an error or a warning that names it. Opens no socket and reads files
/// through a [dev.fairlead.dialect.FileSource] alone.
@NullMarked
package dev.fairlead.dialect.nginx;

import org.jspecify.annotations.NullMarked;
