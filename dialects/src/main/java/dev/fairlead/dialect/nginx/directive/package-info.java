/// nginx's directives, a class for each family: its rows, the settings it makes, and the value of the model
/// they become.
///
/// Promise: names, contexts, arguments, defaults and inheritance of nginx 1.22.
@NullMarked
package dev.fairlead.dialect.nginx.directive;

import org.jspecify.annotations.NullMarked;
