/// What TLS shall do on either side of a connection. Paths are named here and read when the plan is provisioned.
@NullMarked
package dev.fairlead.model.tls;

import org.jspecify.annotations.NullMarked;
