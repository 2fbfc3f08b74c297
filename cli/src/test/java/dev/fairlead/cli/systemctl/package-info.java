/// `fairlead systemctl` beside the real one.
@NullMarked
package dev.fairlead.cli.systemctl;

import org.jspecify.annotations.NullMarked;
