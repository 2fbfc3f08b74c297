/// The `journalctl` personality: shows what units have printed, out of the files a stack keeps. Needs no stack
/// that runs.
@NullMarked
package dev.fairlead.cli.journalctl;

import org.jspecify.annotations.NullMarked;
