/// Every directive of Pound's manual as a row: where it stands, what follows it, whether it is followed.
///
/// Promise: tables only; nothing here reads a line or builds a value. May use the kit.
@NullMarked
package dev.fairlead.dialect.pound.table;

import org.jspecify.annotations.NullMarked;
