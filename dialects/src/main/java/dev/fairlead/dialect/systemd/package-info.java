/// systemd's unit files: text in, [dev.fairlead.model.service] values and diagnostics out.
///
/// Promise: files are read as systemd 252 reads them (continuation, quoting, specifiers, drop-ins, templates,
/// masks, reset by an empty assignment). What systemd warns about and ignores is a warning here, what makes it
/// refuse a unit is an error, and a setting that systemd knows but Fairlead does not honour says so. Start with
/// [UnitFolder].
///
/// `text` cuts files into values, `setting` knows what each means, `name` and `time` read what settings are made
/// of.
///
/// Reads files, and nothing else: no process is started, no clock read, no user looked up; what a unit needs to
/// know of the machine it is given as a [Machine]. Every setting is one row of [KeyTable], which is the syntax
/// check, the help and the compatibility table in the documentation.
@NullMarked
package dev.fairlead.dialect.systemd;

import org.jspecify.annotations.NullMarked;
