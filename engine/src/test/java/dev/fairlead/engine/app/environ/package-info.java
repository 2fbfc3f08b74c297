/// What applications see of requests.
@NullMarked
package dev.fairlead.engine.app.environ;

import org.jspecify.annotations.NullMarked;
