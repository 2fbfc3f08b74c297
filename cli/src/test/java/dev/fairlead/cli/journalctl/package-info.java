/// `fairlead journalctl` over journals made here.
@NullMarked
package dev.fairlead.cli.journalctl;

import org.jspecify.annotations.NullMarked;
