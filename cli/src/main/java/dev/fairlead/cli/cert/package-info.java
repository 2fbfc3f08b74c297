/// `fairlead cert`: makes the self-signed certificate that a how-to makes with openssl, and shows what a PEM file
/// holds.
@NullMarked
package dev.fairlead.cli.cert;

import org.jspecify.annotations.NullMarked;
