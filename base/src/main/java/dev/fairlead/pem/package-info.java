/// What PEM files hold: certificates and keys, read with the JDK alone.
@NullMarked
package dev.fairlead.pem;

import org.jspecify.annotations.NullMarked;
