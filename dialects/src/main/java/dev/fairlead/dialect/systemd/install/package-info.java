/// Enabling and disabling units: the links in a folder of units that say what comes up, and what they say.
///
/// Promise: the same links, in the same order, with the same words about them as systemd 252's own tools, for a
/// folder that stands for `/` as for the machine itself. Works on files alone; whether anything runs is not known
/// here. Depends on the reading of unit files and on the file system.
@NullMarked
package dev.fairlead.dialect.systemd.install;

import org.jspecify.annotations.NullMarked;
