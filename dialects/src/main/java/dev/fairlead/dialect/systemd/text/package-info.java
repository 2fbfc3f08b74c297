/// The text of unit files: assignments, values over several lines, words and quotes, escapes.
@NullMarked
package dev.fairlead.dialect.systemd.text;

import org.jspecify.annotations.NullMarked;
