/// The stunnel that its operators know: its command line, signals and exit statuses.
@NullMarked
package dev.fairlead.cli.stunnel;

import org.jspecify.annotations.NullMarked;
