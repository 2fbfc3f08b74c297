/// nginx's variables: their names, who declares them, and texts that contain them.
///
/// Promise: a name means what it means in nginx; names are the same in upper and lower case. Texts are resolved
/// only after the whole configuration was read, because a variable may be declared below its use.
@NullMarked
package dev.fairlead.dialect.nginx.variable;

import org.jspecify.annotations.NullMarked;
