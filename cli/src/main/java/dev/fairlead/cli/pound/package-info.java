/// Behaves like the pound program: its options, signals, messages and exit statuses.
@NullMarked
package dev.fairlead.cli.pound;

import org.jspecify.annotations.NullMarked;
