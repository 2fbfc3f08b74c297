/// Claims about nginx's values.
@NullMarked
package dev.fairlead.dialect.nginx.value;

import org.jspecify.annotations.NullMarked;
