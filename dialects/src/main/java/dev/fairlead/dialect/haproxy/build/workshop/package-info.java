/// What all builders work with: the configuration and where its problems go, a frontend and the backend that its
/// requests reach, formats and parameters, and what lines refer to by name: tables, user lists, resolvers,
/// captures.
@NullMarked
package dev.fairlead.dialect.haproxy.build.workshop;

import org.jspecify.annotations.NullMarked;
