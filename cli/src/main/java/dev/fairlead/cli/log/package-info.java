/// What parts of the program have to say of themselves. Depends on nothing but SLF4J.
@NullMarked
package dev.fairlead.cli.log;

import org.jspecify.annotations.NullMarked;
