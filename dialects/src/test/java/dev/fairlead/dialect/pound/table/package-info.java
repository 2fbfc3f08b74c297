/// The table as it is published.
@NullMarked
package dev.fairlead.dialect.pound.table;

import org.jspecify.annotations.NullMarked;
