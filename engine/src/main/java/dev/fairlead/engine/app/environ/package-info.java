/// Requests as applications see them: WSGI environs and ASGI scopes as payloads of REQUEST frames, and whose word
/// about the client is believed.
///
/// Promise: writing allocates nothing that a request before it has not allocated already; knows neither workers nor
/// connections to them.
@NullMarked
package dev.fairlead.engine.app.environ;

import org.jspecify.annotations.NullMarked;
