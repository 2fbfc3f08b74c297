/// Header and trailer fields of messages: their names, their bytes as they came, and how values are read and
/// written.
///
/// Promise: a message's fields belong to one event loop; looking one up allocates nothing. Knows neither requests
/// nor responses.
@NullMarked
package dev.fairlead.engine.http.field;

import org.jspecify.annotations.NullMarked;
