/// Fairlead as gunicorn: its command line, messages, signals and exit statuses.
@NullMarked
package dev.fairlead.cli.gunicorn;

import org.jspecify.annotations.NullMarked;
