/// Behaves like the haproxy program: its options, signals, messages and exit statuses.
@NullMarked
package dev.fairlead.cli.haproxy;

import org.jspecify.annotations.NullMarked;
