/// gunicorn's settings: command lines, sources, values and what they mean, and the table beside gunicorn's own.
@NullMarked
package dev.fairlead.dialect.gunicorn;

import org.jspecify.annotations.NullMarked;
