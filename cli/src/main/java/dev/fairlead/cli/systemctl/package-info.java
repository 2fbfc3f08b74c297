/// The `systemctl` personality: its arguments, its words and its exit statuses. What concerns files alone is done
/// here, with or without a running stack; the rest is asked of the stack over its control socket.
@NullMarked
package dev.fairlead.cli.systemctl;

import org.jspecify.annotations.NullMarked;
