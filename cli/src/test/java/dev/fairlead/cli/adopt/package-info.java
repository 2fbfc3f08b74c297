/// Which command lines start gunicorn.
@NullMarked
package dev.fairlead.cli.adopt;

import org.jspecify.annotations.NullMarked;
