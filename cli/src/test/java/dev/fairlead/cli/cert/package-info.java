@NullMarked
package dev.fairlead.cli.cert;

import org.jspecify.annotations.NullMarked;
