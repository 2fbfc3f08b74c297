/// gunicorn's settings, from the command line, the environment and what a configuration file said; and the
/// application they describe. Starts nothing: configuration files are Python and are run by others.
@NullMarked
package dev.fairlead.dialect.gunicorn;

import org.jspecify.annotations.NullMarked;
