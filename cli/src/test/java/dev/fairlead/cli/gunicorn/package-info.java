/// What gunicorn's settings come to.
@NullMarked
package dev.fairlead.cli.gunicorn;

import org.jspecify.annotations.NullMarked;
