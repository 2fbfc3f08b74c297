/// The settings that units have: a table of all that systemd 252 knows, how the value of each is read into the
/// draft of a unit, and what is made of the draft, or refused, as systemd does.
@NullMarked
package dev.fairlead.dialect.systemd.setting;

import org.jspecify.annotations.NullMarked;
