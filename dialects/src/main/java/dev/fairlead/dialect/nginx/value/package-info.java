/// nginx's values: times, sizes, numbers, addresses, regular expressions. Pure functions of a text.
///
/// Promise: the units and the strictness of nginx; an empty result where nginx would refuse the text.
@NullMarked
package dev.fairlead.dialect.nginx.value;

import org.jspecify.annotations.NullMarked;
