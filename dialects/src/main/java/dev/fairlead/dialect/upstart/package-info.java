/// Upstart's job files, as init(5) of Upstart 1.x describes them, read into [dev.fairlead.model.service.Job].
///
/// Promise: reads files and nothing else; every problem carries its line. Depends on the model and the dialect
/// kit, on no other dialect.
@NullMarked
package dev.fairlead.dialect.upstart;

import org.jspecify.annotations.NullMarked;
