/// Names of units, the specifiers that stand for parts of them, and what a unit may ask about the machine.
@NullMarked
package dev.fairlead.dialect.systemd.name;

import org.jspecify.annotations.NullMarked;
