/// stunnel's configuration files, compiled to traffic that is passed on behind or in front of TLS. As stunnel 5
/// reads them: options in any case, those before the first section hold for all services that do not set them.
///
/// Depends on the kit and the model. Opens no socket, reads no certificate.
@NullMarked
package dev.fairlead.dialect.stunnel;

import org.jspecify.annotations.NullMarked;
