/// Claims about the nginx dialect.
@NullMarked
package dev.fairlead.dialect.nginx;

import org.jspecify.annotations.NullMarked;
